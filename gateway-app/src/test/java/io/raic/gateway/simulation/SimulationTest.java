package io.raic.gateway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever fails, and in whatever order: what was promised holds. Each seed is a run of its own.
 *
 * <p>{@code -Draic.simulation.seed=7} repeats one and prints its trace; {@code
 * -Draic.simulation.seeds=100000} makes more of them.
 */
class SimulationTest {
  private static final int SEEDS = 200;
  private static final int MAX_FAILURES = 5;

  @TempDir Path directory;

  @BeforeAll
  static void silence() {
    Silence.begin();
  }

  @AfterAll
  static void speak() {
    Silence.end();
  }

  @Test
  void whateverFailsWhatWasPromisedHolds() throws Exception {
    var seed = Long.getLong("raic.simulation.seed");
    if (seed != null) {
      new Run(seed, directory, System.out::println).make();
      return;
    }
    var failures = new ConcurrentLinkedQueue<String>();
    LongStream.range(0, Long.getLong("raic.simulation.seeds", SEEDS))
        .parallel()
        .filter(_ -> failures.size() < MAX_FAILURES)
        .forEach(s -> failureOf(s).ifPresent(failures::add));
    assertThat(failures).as(() -> String.join("\n\n", failures)).isEmpty();
  }

  /** Makes a run and returns how it failed, and how to see that again. */
  private Optional<String> failureOf(long seed) {
    try {
      var run = new Run(seed, Files.createDirectory(directory.resolve("seed-" + seed)), _ -> {});
      try {
        run.make();
        return Optional.empty();
      } catch (AssertionError e) {
        return Optional.of(
            """
            %s
            seed %d: %s
            again: ./mvnw -pl gateway-app -am test -Dtest=SimulationTest \
            -Draic.simulation.seed=%d -Dsurefire.failIfNoSpecifiedTests=false\
            """
                .formatted(run.lastLines(), seed, e.getMessage(), seed));
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void aSeedStandsForOneTrace(long seed) throws Exception {
    var first = new ArrayList<String>();
    var second = new ArrayList<String>();
    var once = new Run(seed, Files.createDirectory(directory.resolve("once")), first::add).make();
    var again =
        new Run(seed, Files.createDirectory(directory.resolve("again")), second::add).make();
    assertThat(second).isEqualTo(first);
    assertThat(again).isEqualTo(once);
  }
}
