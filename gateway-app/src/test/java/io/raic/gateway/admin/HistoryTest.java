package io.raic.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.raic.gateway.admin.History.Resolution;
import io.raic.gateway.state.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HistoryTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path directory;

  private static Slot slot(Instant at, long bytes) {
    return new Slot(at, 60_000, 1_000, 2_000, 10, 1, bytes, 2 * bytes);
  }

  @ParameterizedTest
  @EnumSource
  void minutesOfAllGatewaysAddUpToHours(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var one = new History(database, "one");
      var other = new History(database, "other");
      one.add(Map.of("cloud", slot(NOON.plusSeconds(5), 100)));
      one.add(Map.of("cloud", slot(NOON.plusSeconds(65), 10)));
      other.add(Map.of("cloud", slot(NOON.plusSeconds(66), 1), "else", slot(NOON, 7)));

      assertThat(one.slots(Resolution.MINUTE, "cloud", NOON))
          .extracting(Slot::at, Slot::bytesRead)
          .containsExactly(tuple(NOON, 100L), tuple(NOON.plusSeconds(60), 11L));
      assertThat(one.slots(Resolution.HOUR, "cloud", NOON))
          .containsExactly(new Slot(NOON, 180_000, 3_000, 6_000, 30, 3, 111, 222));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsOldIsRemoved(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var history = new History(database, "one");
      history.add(Map.of("cloud", slot(NOON, 1)));
      history.add(new Event("a", NOON, "one", Level.OK, "cloud", "long ago"));
      var later = NOON.plus(History.KEPT_MINUTES).plusSeconds(120);
      history.prune(later);
      assertThat(history.slots(Resolution.MINUTE, "cloud", NOON)).isEmpty();
      assertThat(history.slots(Resolution.HOUR, "cloud", NOON)).hasSize(1);
      assertThat(history.events(later, 10)).hasSize(1);

      history.prune(NOON.plus(History.KEPT_EVENTS).plusSeconds(1));

      assertThat(history.slots(Resolution.HOUR, "cloud", NOON)).isEmpty();
      assertThat(history.events(later, 10)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void eventsComeInPagesTheLastOnesFirst(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var history = new History(database, "one");
      for (int i = 0; i < 5; i++) {
        history.add(
            new Event("e" + i, NOON.plusSeconds(i), "one", Level.WARN, "cloud", "event " + i));
      }
      history.add(new Event("e4", NOON, "one", Level.OK, "cloud", "the same again"));

      var first = history.events(NOON.plus(Duration.ofHours(1)), 2);
      var second = history.events(first.getLast().at(), 2);

      assertThat(first).extracting(Event::words).containsExactly("event 4", "event 3");
      assertThat(second).extracting(Event::words).containsExactly("event 2", "event 1");
    }
  }
}
