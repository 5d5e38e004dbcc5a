package io.raic.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.schedule.VirtualThreads;
import io.raic.gateway.state.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryWriterTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int BEYOND = 10;

  @TempDir Path directory;

  @Test
  void whoTellsSomethingDoesNotWaitForADatabaseThatIsBusy() throws Exception {
    try (var database = TestDatabase.SQLITE.open(directory)) {
      var history = new History(database, "one");
      var writer = new HistoryWriter(history, new VirtualThreads());
      var events = new EventLog(history, writer, new Feed(), new Random(1));
      int count = HistoryWriter.MAX_WAITING + BEYOND;
      try (var connection = database.source().getConnection();
          var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.executeUpdate("delete from history_event");
        for (int i = 0; i < count; i++) {
          events.add(Level.WARN, "cloud-1", "event " + i, NOW.plusSeconds(i));
        }
        // With the lock still held; one may be on its way.
        assertThat(writer.missed()).isBetween(BEYOND - 1L, (long) BEYOND);
        assertThat(events.before(NOW.plusSeconds(count), 2))
            .extracting(Event::words)
            .containsExactly("event " + (count - 1), "event " + (count - 2));
        connection.commit();
        connection.setAutoCommit(true);
      }
      writer.close();
      assertThat(history.events(NOW.plusSeconds(count), count))
          .hasSize(Math.toIntExact(count - writer.missed()));
    }
  }
}
