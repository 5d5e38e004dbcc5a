package io.raic.gateway.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.gateway.schedule.Fanout;
import io.raic.gateway.schedule.Mailbox;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The clock and the order of the simulation, which stand in for the machine's. */
class SimulatedSchedulerTest {
  private final List<String> lines = new ArrayList<>();

  @FunctionalInterface
  private interface Body {
    void run() throws Exception;
  }

  private SimulatedScheduler process(long seed, double preemption) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    return new Simulation(random, new Trace(lines::add), preemption).process("p");
  }

  private static void run(SimulatedScheduler process, Body body) throws InterruptedException {
    process
        .simulation()
        .run(
            process,
            () -> {
              try {
                body.run();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsSentArrives(int seed) throws Exception {
    var process = process(seed, 0.3);
    var got = new TreeSet<Integer>();
    run(
        process,
        () -> {
          var mailbox = new Mailbox<Integer>(process, 2);
          var strands = new ArrayList<Strand>();
          for (int i = 0; i < 10; i++) {
            int letter = i;
            strands.add(
                process.start(
                    "sender",
                    () -> {
                      try {
                        process.sleep(Duration.ofMillis(letter % 3));
                        assertThat(mailbox.offer(letter, Long.MAX_VALUE / 2)).isTrue();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                    }));
          }
          for (int i = 0; i < 10; i++) {
            got.add(mailbox.take());
          }
          for (var strand : strands) {
            assertThat(strand.join(Duration.ofSeconds(1))).isTrue();
          }
        });
    assertThat(got).hasSize(10);
  }

  @Test
  void timePassesOnlyWhileAllWait() throws Exception {
    var process = process(1, 0.3);
    run(
        process,
        () -> {
          long start = process.nanoTime();
          List<Callable<String>> calls =
              List.of(
                  () -> {
                    process.sleep(Duration.ofHours(10));
                    return "late";
                  },
                  () -> {
                    process.sleep(Duration.ofMinutes(59));
                    return "in time";
                  });
          var outcomes = new Fanout(process).all(calls, Duration.ofHours(1));
          assertThat(outcomes.getFirst()).isInstanceOf(Fanout.Outcome.Failed.class);
          assertThat(outcomes.getLast()).isEqualTo(new Fanout.Outcome.Done<>("in time"));
          assertThat(process.nanoTime() - start).isEqualTo(Duration.ofHours(1).toNanos());
        });
  }

  @Test
  void aDeadlockTellsWhatEachStrandWaitsFor() {
    var process = process(1, 0);
    assertThatThrownBy(() -> run(process, () -> new Mailbox<String>(process, 1).take()))
        .hasMessageContaining("deadlock: p/main-1 waits for a signal");
  }

  @Test
  void aCrashEndsEveryStrandOfItsProcessAndNoOther() throws Exception {
    var process = process(1, 0.1);
    var other = process.simulation().process("other");
    run(
        other,
        () -> {
          var mailbox = new Mailbox<String>(process, 1);
          for (int i = 0; i < 5; i++) {
            process.start(
                "waiter",
                () -> {
                  try {
                    mailbox.take();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
          }
          other.sleep(Duration.ofSeconds(1));
          assertThat(process.simulation().isLive(process)).isTrue();
          process.crash();
          assertThat(process.awaitEnd(process.nanoTime() + 1)).isTrue();
          other.sleep(Duration.ofSeconds(1));
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anInterruptEndsTheWaitOrTheNextOne(int seed) throws Exception {
    var process = process(seed, 0.5);
    var ended = new ArrayList<String>();
    run(
        process,
        () -> {
          var strand =
              process.start(
                  "sleeper",
                  () -> {
                    try {
                      process.newLock().lock();
                      process.sleep(Duration.ofSeconds(1));
                    } catch (InterruptedException _) {
                      ended.add("interrupted " + Thread.currentThread().isInterrupted());
                    }
                  });
          strand.interrupt();
          assertThat(strand.join(Duration.ofMillis(1))).isTrue();
        });
    assertThat(ended).containsExactly("interrupted false");
  }
}
