package io.raic.gateway.admin;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened, kept in the {@link History}, and the last of it in memory, so that it can be shown
 * when the database does not work. For any thread.
 */
public final class EventLog {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
  private static final int REMEMBERED = 200;
  private static final int MAX_CHARACTERS = 400;

  private final History history;
  private final Feed feed;
  private final RandomGenerator random;
  private final Ring<Event> last = new Ring<>(REMEMBERED);

  /** Keeps events in {@code history}. */
  public EventLog(History history, Feed feed, RandomGenerator random) {
    this.history = history;
    this.feed = feed;
    this.random = random;
  }

  /**
   * Adds an event.
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
    try {
      history.add(event);
    } catch (RuntimeException _) {
      // It may be shown all the same, as long as this gateway runs.
      LOG.warn("an event could not be kept");
    }
    feed.tell(Feed.Topic.STATE);
  }

  private static String printable(String words) {
    String line = words.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.substring(0, Math.min(line.length(), MAX_CHARACTERS));
  }

  /** Returns at most {@code limit} events before {@code before}, the last ones first. */
  public List<Event> before(Instant before, int limit) {
    try {
      return history.events(before, limit);
    } catch (RuntimeException _) {
      return last.list().reversed().stream()
          .filter(event -> event.at().isBefore(before))
          .limit(limit)
          .toList();
    }
  }
}
