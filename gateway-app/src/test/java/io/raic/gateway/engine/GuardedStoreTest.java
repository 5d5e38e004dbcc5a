package io.raic.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import io.raic.cloud.resilience.CircuitPolicy;
import io.raic.cloud.resilience.CircuitState;
import io.raic.cloud.resilience.GuardListener;
import io.raic.cloud.resilience.GuardPolicy;
import io.raic.cloud.resilience.GuardedBackend;
import io.raic.cloud.resilience.Kind;
import io.raic.cloud.resilience.ProviderLimits;
import io.raic.cloud.resilience.Surroundings;
import io.raic.cloud.resilience.Transition;
import io.raic.gateway.schedule.VirtualThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that accepts and never answers costs each kind of request one wait, then nothing. */
class GuardedStoreTest {
  private static final byte[] FILE = Clouds.data(5, 10 * Clouds.SEGMENT_BYTES);

  /** The store that goes wrong. */
  private static final int BAD = 2;

  /** Half of what an upload waits for a store. */
  private static final CircuitPolicy CIRCUIT =
      new CircuitPolicy(
          Clouds.LIMITS.stall().dividedBy(2),
          50,
          80,
          Duration.ofSeconds(60),
          5,
          Duration.ofMillis(500));

  private final List<GuardedBackend> guards = new ArrayList<>();
  private final BlockingQueue<Transition> heard = new LinkedBlockingQueue<>();
  private Clouds clouds;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    var policy = new GuardPolicy(ProviderLimits.NONE, CIRCUIT);
    clouds =
        Clouds.guarded(
            directory,
            driver -> {
              var guarded =
                  new GuardedBackend(
                      driver, policy, Surroundings.of(Optional.empty(), new Listener()));
              guards.add(guarded);
              return guarded;
            });
  }

  @AfterEach
  void close() {
    clouds.close();
  }

  private final class Listener implements GuardListener {
    @Override
    public void changed(String provider, Transition transition) {
      heard.add(transition);
    }

    @Override
    public void credentialsEnd(String provider, Instant end, long daysLeft) {}

    @Override
    public void ledgerFailed(String provider, String reason) {}

    @Override
    public void lookingAfterFailed(String provider, String reason) {}
  }

  private void hang() {
    clouds.store(BAD).faults().setAll(new Fault.Hang());
  }

  private CircuitState state(Kind kind) {
    return guards.get(BAD).report().circuit(kind).state();
  }

  private long calls(Operation operation) {
    return clouds.store(BAD).calls().count(operation);
  }

  @Test
  void aSurveyThatNoUploadWaitsForIsSeenToBeSilentAllTheSame() throws Exception {
    guards.get(BAD).startProbing(VirtualThreads::thread);
    hang();
    for (int i = 0; i < 20; i++) {
      clouds.converge(Clouds.data(i, 5000));
    }
    var transition = heard.poll(30, TimeUnit.SECONDS);
    assertThat(transition).isNotNull();
    assertThat(transition.kind()).isEqualTo(Kind.READ);
    assertThat(transition.to()).isEqualTo(CircuitState.OPEN);
  }

  @Test
  void uploadsWaitOnceForABeginningThatIsNotAnswered() throws IOException {
    hang();
    for (int i = 0; i < 20; i++) {
      clouds.put(FILE);
    }
    assertThat(calls(Operation.BEGIN)).isEqualTo(1);
    assertThat(state(Kind.WRITE)).isEqualTo(CircuitState.OPEN);
  }

  @Test
  void checksWaitOnce() throws IOException {
    var cap = clouds.put(FILE).verifyCap();
    hang();
    for (int i = 0; i < 20; i++) {
      assertThat(clouds.repairer().check(cap, true).recoverable()).isTrue();
    }
    assertThat(calls(Operation.LIST)).isEqualTo(1);
  }

  @Test
  void aDownloadThatCannotDoWithoutTheStoreFailsAtOnce() throws IOException {
    var cap = clouds.put(FILE);
    clouds.store(0).objects().clear();
    clouds.store(1).objects().clear();
    hang();
    int failed = 0;
    for (int i = 0; i < 20; i++) {
      try {
        clouds.get(cap);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("store-2");
        failed++;
      }
    }
    assertThat(failed).isEqualTo(20);
    assertThat(calls(Operation.LIST)).isEqualTo(1);
  }

  @Test
  void aCanaryBringsTheTrafficBack() throws Exception {
    hang();
    clouds.converge(Clouds.data(1, 5000));
    guards.get(BAD).startProbing(VirtualThreads::thread);
    // The canary finds out about writing, too.
    await(Kind.WRITE, CircuitState.OPEN);
    clouds.store(BAD).faults().clear();
    await(Kind.WRITE, CircuitState.CLOSED);
    await(Kind.READ, CircuitState.CLOSED);
    clouds.converge(Clouds.data(2, 5000));
    assertThat(clouds.store(BAD).objects().keys())
        .singleElement()
        .satisfies(key -> assertThat(key.text()).startsWith("shares/"));
    assertThat(clouds.get(clouds.put(FILE))).isEqualTo(FILE);
  }

  @Test
  void aStoreThatIsWellAgainIsAskedWhereNothingCanBeReadWithoutIt() throws Exception {
    var cap = clouds.put(FILE);
    clouds.store(0).objects().clear();
    clouds.store(1).objects().clear();
    clouds.store(BAD).faults().setAll(Fault.unavailable());
    guards.get(BAD).startProbing(VirtualThreads::thread);
    for (int i = 0; i < CIRCUIT.minimumCalls(); i++) {
      assertThatThrownBy(() -> clouds.get(cap)).hasMessageContaining("store-2");
    }
    await(Kind.READ, CircuitState.OPEN);
    while (guards.get(BAD).report().lastProbe().isEmpty()) {
      Thread.onSpinWait();
    }
    clouds.store(BAD).faults().clear();

    assertThat(clouds.get(cap)).isEqualTo(FILE);
  }

  @Test
  void aStoreWhoseReadingHangsIsFoundByTheCanaryOfASuspicion() throws Exception {
    var cap = clouds.put(FILE);
    clouds.store(BAD).faults().set(Operation.READ, new Fault.Hang());
    guards.get(BAD).startProbing(VirtualThreads::thread);
    while (state(Kind.READ) == CircuitState.CLOSED) {
      assertThat(clouds.get(cap)).isEqualTo(FILE);
    }
    long before = calls(Operation.LIST);
    for (int i = 0; i < 20; i++) {
      assertThat(clouds.get(cap)).isEqualTo(FILE);
    }
    assertThat(calls(Operation.LIST)).isEqualTo(before);
  }

  private void await(Kind kind, CircuitState state) throws InterruptedException {
    while (state(kind) != state) {
      assertThat(heard.poll(60, TimeUnit.SECONDS)).as("a change").isNotNull();
    }
  }
}
