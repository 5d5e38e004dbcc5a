package io.raic.gateway.access;

import io.raic.crypto.bytes.Base32;
import io.raic.gateway.state.Database;
import io.raic.gateway.web.BadRequestException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);
  private static final int ID_BYTES = 10;
  private static final int INSUFFICIENT_STORAGE = 507;

  private final Database database;
  private final Usage usage;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Set<String> running = ConcurrentHashMap.newKeySet();

  /**
   * Counts in {@code database}.
   *
   * @param usage is told what could not be counted at once
   */
  public Quotas(Database database, Usage usage, InstantSource clock, SecureRandom random) {
    this.database = database;
    this.usage = usage;
    this.clock = clock;
    this.random = random;
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

  /** Counts what was stored, which cannot be undone: if not now, then later. */
  void stored(String id, Caller caller, long bytes) {
    try {
      database.inTransaction(() -> {
        if (running.contains(id)) {
          delete(id);
        }
        return database
            .sql()
            .sql("update access_token set stored_bytes = stored_bytes + ? where id = ?")
            .params(bytes, caller.id())
            .update();
      });
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("what {} stored is counted later: {}", caller.name(), e.getMessage());
      usage.storedLate(caller.id(), bytes);
    }
    running.remove(id);
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

  private void delete(String id) {
    database.sql().sql("delete from access_reservation where id = ?").param(id).update();
  }

  /**
   * Renews the reservations of this gateway, and forgets those of gateways that are gone.
   *
   * @throws DataAccessException if the database does not answer
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
    database.sql().sql("delete from access_reservation where valid_until <= ?").param(now).update();
  }
}
