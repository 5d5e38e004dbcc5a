package io.raic.gateway.access;

import io.raic.crypto.bytes.Base32;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.state.Database;
import io.raic.gateway.web.BadRequestException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Counts what is stored with each token, and keeps it within its quota: what is stored and what
 * uploads that run have reserved, in all gateways of the database, is never more. Bytes are those
 * of the plaintext.
 *
 * <p>A reservation is a row that its gateway renews while it lives, so that those of a gateway that
 * is gone count for nothing after {@link #LEASE}. The quota can be exceeded by uploads whose
 * gateway did not reach the database for so long and finished them all the same.
 *
 * <p>For any number of threads and processes.
 */
public final class Quotas {
  /** For how long a reservation counts that is not renewed. */
  static final Duration LEASE = Duration.ofMinutes(5);

  /** The longest that an upload waits until it is counted, usually. */
  public static final Duration PATIENCE = Duration.ofMillis(250);

  /** No more uploads are counted at a time; those beyond are counted later. */
  private static final int MAX_COUNTING = 64;

  /** No more uploads keep their reservation until they are counted later. */
  private static final int MAX_LATE = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);
  private static final int ID_BYTES = 10;
  private static final int INSUFFICIENT_STORAGE = 507;

  private final Database database;
  private final Usage usage;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Duration patience;
  private final Scheduler scheduler;
  private final Semaphore counting = new Semaphore(MAX_COUNTING);
  private final Set<String> running = ConcurrentHashMap.newKeySet();

  /** What is counted later, by the reservation, which is kept until then. */
  private final Map<String, Stored> late = new ConcurrentHashMap<>();

  /**
   * What was stored with a token.
   *
   * @param token its id
   * @param bytes of the plaintext
   */
  private record Stored(String token, long bytes) {}

  /**
   * Counts in {@code database}.
   *
   * @param usage is told what could not be counted at once
   * @param patience the longest that an upload waits until it is counted
   */
  public Quotas(
      Database database,
      Usage usage,
      InstantSource clock,
      SecureRandom random,
      Duration patience,
      Scheduler scheduler) {
    this.database = database;
    this.usage = usage;
    this.clock = clock;
    this.random = random;
    this.patience = patience;
    this.scheduler = scheduler;
  }

  private String id() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base32.encode(bytes);
  }

  /**
   * Begins an upload of {@code caller}; whoever asks closes what it gets, which gives back what was
   * not stored.
   *
   * @param length of the plaintext, if known; it is all reserved now
   * @throws BadRequestException 507 if that does not fit the quota
   * @throws DataAccessException if the database does not answer
   */
  public Reservation reserve(Caller caller, OptionalLong length) {
    var reservation = new Reservation(this, caller, id());
    if (caller.hasQuota() && length.orElse(0) > 0) {
      reservation.growTo(length.getAsLong());
    }
    return reservation;
  }

  /**
   * Makes what {@code id} reserves {@code wanted} bytes in all, or as many as there are from {@code
   * least} on, and returns how many.
   */
  long reserve(String id, Caller caller, long least, long wanted) {
    long granted =
        database.inTransaction(() -> {
          var account = lock(id, caller);
          if (account.free() < least) {
            throw account.exceeded(caller, least);
          }
          long bytes = Math.min(wanted, account.free());
          database
              .sql()
              .sql(
                  "insert into access_reservation (id, token, bytes, valid_until)"
                      + " values (?, ?, ?, ?) on conflict (id) do update"
                      + " set bytes = excluded.bytes, valid_until = excluded.valid_until")
              .params(id, caller.id(), bytes, clock.millis() + LEASE.toMillis())
              .update();
          return bytes;
        });
    running.add(id);
    return granted;
  }

  /**
   * What a token may still store.
   *
   * @param quota in all
   * @param stored already
   * @param reserved by other uploads
   */
  private record Account(long quota, long stored, long reserved) {
    long free() {
      return Math.max(0, quota - stored - reserved);
    }

    BadRequestException exceeded(Caller caller, long bytes) {
      return new BadRequestException(
          INSUFFICIENT_STORAGE,
          "the quota of the token %s is %s: %s are stored, %s reserved by other uploads, and %s do"
                  .formatted(
                      caller.name(), words(quota), words(stored), words(reserved), words(bytes))
              + " not fit");
    }

    private static String words(long bytes) {
      for (int power = 4; power > 0; power--) {
        double unit = Math.pow(1024, power);
        if (bytes >= unit) {
          return String.format(Locale.ROOT, "%.1f %ciB", bytes / unit, " KMGT".charAt(power));
        }
      }
      return bytes + " bytes";
    }
  }

  private Account lock(String id, Caller caller) {
    // Whoever comes second waits here, and then sees what the first one has reserved.
    database
        .sql()
        .sql("update access_token set stored_bytes = stored_bytes where id = ?")
        .param(caller.id())
        .update();
    return database
        .sql()
        .sql(
            "select quota_bytes, stored_bytes, (select coalesce(sum(r.bytes), 0)"
                + " from access_reservation r where r.token = t.id and r.id <> ?"
                + " and r.valid_until > ?) as reserved from access_token t where t.id = ?")
        .params(id, clock.millis(), caller.id())
        .query((row, _) -> {
          long quota = row.getLong("quota_bytes");
          return new Account(
              row.wasNull() ? Long.MAX_VALUE : quota,
              row.getLong("stored_bytes"),
              row.getLong("reserved"));
        })
        .single();
  }

  /**
   * Counts what was stored, which cannot be undone: if not now, then later. Whoever stored it waits
   * for the patience at most; a reservation counts in its place until then.
   */
  void stored(String id, Caller caller, long bytes) {
    if (!counting.tryAcquire()) {
      later(id, new Stored(caller.id(), bytes));
      return;
    }
    var strand =
        scheduler.start(
            "quota",
            () -> {
              try {
                count(id, caller, bytes);
              } finally {
                counting.release();
              }
            });
    try {
      // Nothing depends on whether that was in time.
      var _ = strand.join(patience);
    } catch (InterruptedException _) {
      // It is counted all the same.
      Thread.currentThread().interrupt();
    }
  }

  private void count(String id, Caller caller, long bytes) {
    try {
      database.inTransaction(() -> {
        if (running.contains(id)) {
          delete(id);
        }
        return add(caller.id(), bytes);
      });
      running.remove(id);
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("what {} stored is counted later: {}", caller.name(), e.getMessage());
      later(id, new Stored(caller.id(), bytes));
    }
  }

  private void later(String id, Stored stored) {
    if (running.contains(id) && late.size() < MAX_LATE) {
      late.put(id, stored);
    } else {
      running.remove(id);
      usage.storedLate(stored.token(), stored.bytes());
    }
  }

  /** The answer to the first try may have been lost: then the reservation is gone, and all done. */
  private void countLate() {
    for (String id : List.copyOf(late.keySet())) {
      var stored = late.get(id);
      if (stored != null) {
        database.inTransaction(() -> delete(id) == 1 ? add(stored.token(), stored.bytes()) : 0);
        late.remove(id);
        running.remove(id);
      }
    }
  }

  /** Returns how many uploads are to be counted. */
  int late() {
    return late.size();
  }

  private int add(String token, long bytes) {
    return database
        .sql()
        .sql("update access_token set stored_bytes = stored_bytes + ? where id = ?")
        .params(bytes, token)
        .update();
  }

  void giveBack(String id) {
    if (running.remove(id)) {
      try {
        delete(id);
      } catch (DataAccessException e) {
        LOG.warn("a reservation ends by itself in {}: {}", LEASE, e.getMessage());
      }
    }
  }

  /** Returns how many there were. */
  private int delete(String id) {
    return database.sql().sql("delete from access_reservation where id = ?").param(id).update();
  }

  /**
   * Renews the reservations of this gateway, counts what could not be counted, and forgets
   * reservations of gateways that are gone.
   *
   * @throws DataAccessException if the database does not answer; or a {@link TransactionException}
   */
  void renew() {
    long now = clock.millis();
    for (String id : running) {
      database
          .sql()
          .sql("update access_reservation set valid_until = ? where id = ?")
          .params(now + LEASE.toMillis(), id)
          .update();
    }
    countLate();
    database.sql().sql("delete from access_reservation where valid_until <= ?").param(now).update();
  }
}
