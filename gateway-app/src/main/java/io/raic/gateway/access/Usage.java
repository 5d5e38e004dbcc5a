package io.raic.gateway.access;

import io.raic.gateway.state.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what is made of tokens, and writes it to the database now and then: nobody waits for that,
 * and what was counted since is lost with the process.
 *
 * <p>For any number of threads.
 */
public final class Usage {
  private final Database database;

  /** By the token's id; of tokens that exist. */
  private final Map<String, Count> counts = new ConcurrentHashMap<>();

  /**
   * What is not written yet.
   *
   * @param lastMillis when the token was used last, in milliseconds since 1970
   */
  private record Count(long requests, long storedBytes, long lastMillis) {
    Count plus(Count other) {
      return new Count(
          requests + other.requests,
          storedBytes + other.storedBytes,
          Math.max(lastMillis, other.lastMillis));
    }
  }

  /** Writes to {@code database}. */
  public Usage(Database database) {
    this.database = database;
  }

  void request(String token, Instant now) {
    add(token, new Count(1, 0, now.toEpochMilli()));
  }

  /** Counts bytes that could not be counted when they were stored. */
  void storedLate(String token, long bytes) {
    add(token, new Count(0, bytes, 0));
  }

  private void add(String token, Count count) {
    counts.merge(token, count, Count::plus);
  }

  /**
   * Writes what was counted; what cannot be written is kept.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not answer
   */
  void write() {
    for (String token : List.copyOf(counts.keySet())) {
      var count = counts.remove(token);
      if (count != null) {
        write(token, count);
      }
    }
  }

  private void write(String token, Count count) {
    try {
      database
          .sql()
          .sql(
              "update access_token set requests = requests + :requests,"
                  + " stored_bytes = stored_bytes + :stored,"
                  + " last_use = case when :last > coalesce(last_use, 0) then :last"
                  + " else last_use end where id = :id")
          .param("requests", count.requests())
          .param("stored", count.storedBytes())
          .param("last", count.lastMillis())
          .param("id", token)
          .update();
    } catch (RuntimeException e) {
      add(token, count);
      throw e;
    }
  }
}
