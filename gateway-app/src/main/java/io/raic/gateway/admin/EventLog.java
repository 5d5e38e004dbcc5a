package io.raic.gateway.admin;

import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What happened, kept in the {@link History}, and the last of it in memory, so that it can be shown
 * when the database does not work. For any thread.
 */
public final class EventLog {
  private static final int REMEMBERED = 200;
  private static final int MAX_CHARACTERS = 400;

  private static final Comparator<Event> LAST_FIRST =
      Comparator.comparing(Event::at).thenComparing(Event::id).reversed();

  private final History history;
  private final HistoryWriter writer;
  private final Feed feed;
  private final RandomGenerator random;
  private final Ring<Event> last = new Ring<>(REMEMBERED);

  /** Keeps events in {@code history}, by {@code writer}. */
  public EventLog(History history, HistoryWriter writer, Feed feed, RandomGenerator random) {
    this.history = history;
    this.writer = writer;
    this.feed = feed;
    this.random = random;
  }

  /**
   * Adds an event, and waits for nobody.
   *
   * @param words what happened, in a line without secrets
   */
  public void add(Level level, String subject, String words, Instant at) {
    byte[] id = new byte[12];
    random.nextBytes(id);
    var event =
        new Event(
            HexFormat.of().formatHex(id), at, history.gateway(), level, subject, printable(words));
    last.add(event);
    writer.add(event);
    feed.tell(Feed.Topic.STATE);
  }

  private static String printable(String words) {
    String line = words.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.substring(0, Math.min(line.length(), MAX_CHARACTERS));
  }

  /** Returns at most {@code limit} events before {@code before}, the last ones first. */
  public List<Event> before(Instant before, int limit) {
    var events = new LinkedHashMap<String, Event>();
    try {
      history.events(before, limit).forEach(event -> events.put(event.id(), event));
    } catch (RuntimeException _) {
      // What is remembered can be shown all the same.
    }
    // Of those some may not be written yet.
    for (var event : last.list()) {
      if (event.at().isBefore(before)) {
        events.putIfAbsent(event.id(), event);
      }
    }
    return events.values().stream().sorted(LAST_FIRST).limit(limit).toList();
  }
}
