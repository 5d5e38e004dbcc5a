package io.raic.gateway.admin;

import io.raic.gateway.state.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is kept of how things went: slots of minutes and hours, and events. The only class that
 * names its tables. All gateways of a database add to it; what is read is of all of them.
 *
 * <p>For any thread. Errors are those of {@link Database}.
 */
public final class History {
  /** What the gateway itself is called as a subject; no provider is called so. */
  public static final String GATEWAY = "*";

  static final Duration KEPT_MINUTES = Duration.ofHours(25);
  static final Duration KEPT_HOURS = Duration.ofDays(32);
  static final Duration KEPT_EVENTS = Duration.ofDays(90);
  static final int MAX_EVENTS = 20_000;

  private static final String SUMS =
      """
      sum(seen_ms) seen_ms, sum(read_down_ms) read_down_ms, sum(write_down_ms) write_down_ms,
      sum(calls) calls, sum(failures) failures,
      sum(bytes_read) bytes_read, sum(bytes_written) bytes_written
      """;

  private final Database database;
  private final String gateway;

  /** How long a slot is. */
  public enum Resolution {
    /** A minute. */
    MINUTE(Duration.ofMinutes(1), "minute"),
    /** An hour. */
    HOUR(Duration.ofHours(1), "hour");

    private final Duration length;
    private final String text;

    Resolution(Duration length, String text) {
      this.length = length;
      this.text = text;
    }

    /** Returns when the slot began that {@code at} is in. */
    public Instant start(Instant at) {
      long millis = length.toMillis();
      return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), millis) * millis);
    }

    /** Returns how long it is. */
    public Duration length() {
      return length;
    }
  }

  /** Adds as the gateway called {@code gateway}. */
  public History(Database database, String gateway) {
    this.database = database;
    this.gateway = gateway;
  }

  /** Returns what this gateway is called. */
  public String gateway() {
    return gateway;
  }

  /** Adds what was counted, by subject, to the minute and the hour that each slot began in. */
  public void add(Map<String, Slot> slots) {
    database.inTransaction(() -> {
      slots.forEach((subject, slot) -> {
        add(Resolution.MINUTE, subject, slot);
        add(Resolution.HOUR, subject, slot);
      });
      return true;
    });
  }

  private void add(Resolution resolution, String subject, Slot slot) {
    database
        .sql()
        .sql(
            """
            insert into history_slot values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (resolution, gateway, subject, at) do update set
            seen_ms = history_slot.seen_ms + excluded.seen_ms,
            read_down_ms = history_slot.read_down_ms + excluded.read_down_ms,
            write_down_ms = history_slot.write_down_ms + excluded.write_down_ms,
            calls = history_slot.calls + excluded.calls,
            failures = history_slot.failures + excluded.failures,
            bytes_read = history_slot.bytes_read + excluded.bytes_read,
            bytes_written = history_slot.bytes_written + excluded.bytes_written
            """)
        .params(
            resolution.text,
            gateway,
            subject,
            resolution.start(slot.at()).toEpochMilli(),
            slot.seenMillis(),
            slot.readDownMillis(),
            slot.writeDownMillis(),
            slot.calls(),
            slot.failures(),
            slot.bytesRead(),
            slot.bytesWritten())
        .update();
  }

  /** Returns the slots of a subject from {@code from} on, those there are, in order. */
  public List<Slot> slots(Resolution resolution, String subject, Instant from) {
    return database
        .sql()
        .sql(
            "select at, "
                + SUMS
                + " from history_slot where resolution = ? and subject = ? and at >= ?"
                + " group by at order by at")
        .params(resolution.text, subject, from.toEpochMilli())
        .query((row, _) -> slot(row))
        .list();
  }

  private static Slot slot(ResultSet row) throws SQLException {
    return new Slot(
        Instant.ofEpochMilli(row.getLong("at")),
        row.getLong("seen_ms"),
        row.getLong("read_down_ms"),
        row.getLong("write_down_ms"),
        row.getLong("calls"),
        row.getLong("failures"),
        row.getLong("bytes_read"),
        row.getLong("bytes_written"));
  }

  /** Adds an event, unless it is there. */
  public void add(Event event) {
    database
        .sql()
        .sql("insert into history_event values (?, ?, ?, ?, ?, ?) on conflict (id) do nothing")
        .params(
            event.id(),
            event.at().toEpochMilli(),
            event.gateway(),
            event.level().name(),
            event.subject(),
            event.words())
        .update();
  }

  /** Returns at most {@code limit} events that were before {@code before}, the last ones first. */
  public List<Event> events(Instant before, int limit) {
    return database
        .sql()
        .sql("select * from history_event where at < ? order by at desc, id desc limit ?")
        .params(before.toEpochMilli(), limit)
        .query((row, _) ->
            new Event(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("gateway"),
                Level.valueOf(row.getString("level")),
                row.getString("subject"),
                row.getString("words")))
        .list();
  }

  /** Removes what is older than it is kept for, and the oldest events of too many. */
  public void prune(Instant now) {
    remove(Resolution.MINUTE, now.minus(KEPT_MINUTES));
    remove(Resolution.HOUR, now.minus(KEPT_HOURS));
    database
        .sql()
        .sql(
            """
            delete from history_event where at < ? or id in
            (select id from history_event order by at desc, id desc limit ? offset ?)
            """)
        .params(now.minus(KEPT_EVENTS).toEpochMilli(), MAX_EVENTS, MAX_EVENTS)
        .update();
  }

  private void remove(Resolution resolution, Instant before) {
    database
        .sql()
        .sql("delete from history_slot where resolution = ? and at < ?")
        .params(resolution.text, before.toEpochMilli())
        .update();
  }
}
