package io.raic.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.crypto.capability.ReadCap;
import io.raic.gateway.grid.UnrecoverableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader does about stores that are slow, silent or down. */
class HedgeTest {
  private static final byte[] FILE = Clouds.data(41, 20 * Clouds.SEGMENT_BYTES + 777);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Clouds clouds;
  private ReadCap cap;
  private MemoryBackend sick;

  @BeforeEach
  void storeAFile(@TempDir Path directory) throws IOException {
    clouds = Clouds.five(directory);
    cap = clouds.put(FILE);
    sick = clouds.storeOf(cap, 1);
    read(10);
    clouds.resetCalls();
  }

  @AfterEach
  void close() {
    clouds.close();
  }

  private void read(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      assertThat(clouds.get(cap)).isEqualTo(FILE);
    }
  }

  @Test
  void aStoreThatFallsSilentCostsOneReadItsLateLimitAndIsThenAvoided() throws IOException {
    sick.faults().setAll(new Fault.Hang());
    long start = System.nanoTime();
    read(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Clouds.LIMITS.step());
    long before = sick.calls().count(Operation.GET);
    read(20);
    // Unless the suspicion is over on a busy machine: then one request looks after it.
    assertThat(sick.calls().count(Operation.GET)).isLessThanOrEqualTo(before + 3);
    assertThat(clouds.calls(Operation.LIST)).isZero();
  }

  @Test
  void aStoreThatWasSilentIsReadAgainSomeTimeAfterItIsBack() throws IOException {
    sick.faults().setAll(new Fault.Hang());
    read(1);
    sick.faults().clear();
    sick.calls().reset();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (sick.calls().bytes(Operation.READ) < 2L * FILE.length / 3
        && System.nanoTime() - end < 0) {
      read(1);
    }
    assertThat(sick.calls().bytes(Operation.READ)).isGreaterThanOrEqualTo(2L * FILE.length / 3);
  }

  @Test
  void aStoreThatIsDownIsReplacedAtOnceAndThenAvoided() throws IOException {
    sick.faults().setAll(Fault.unavailable());
    read(20);
    assertThat(sick.calls().count(Operation.GET)).isLessThanOrEqualTo(3);
    assertThat(clouds.calls(Operation.LIST)).isZero();
  }

  @Test
  void aStoreThatBecomesSlowIsAvoidedAndExtraRequestsStayFew() throws IOException {
    for (var store : clouds.stores()) {
      store.faults().set(Operation.GET, new Fault.Delay(Duration.ofMillis(2)));
    }
    sick.faults().set(Operation.GET, new Fault.Delay(Duration.ofMillis(20)));
    int reads = 1000;
    read(reads);
    // Those needed, one in twenty of them, and what may be saved up.
    assertThat(clouds.calls(Operation.GET)).isLessThanOrEqualTo(reads * 3 * 105 / 100 + 10);
    assertThat(sick.calls().count(Operation.GET)).isLessThan(reads / 10);
  }

  @Test
  void nothingExtraIsAskedForWhenEverythingIsSlow() throws IOException {
    for (var store : clouds.stores()) {
      store.faults().set(Operation.GET, new Fault.Delay(Duration.ofMillis(150)));
    }
    read(10);
    assertThat(clouds.calls(Operation.GET)).isEqualTo(30);
  }

  @Test
  void aFileThatIsOnlySilentMayComeBackAndOneThatIsGoneMayNot() {
    for (int i = 0; i < 3; i++) {
      clouds.store(i).faults().setAll(Fault.unavailable());
    }
    assertThat(failure().mayComeBack()).isTrue();
    for (int i = 0; i < 3; i++) {
      clouds.store(i).faults().clear();
      clouds.store(i).objects().clear();
    }
    assertThat(failure().mayComeBack()).isFalse();
    // One more that is silent could not make up for it.
    clouds.store(3).faults().setAll(Fault.unavailable());
    clouds.store(4).objects().clear();
    assertThat(failure().mayComeBack()).isFalse();
  }

  @Test
  void aSilentStoreMayHaveAnyShare() {
    var first = clouds.storeOf(cap, 0);
    var third = clouds.storeOf(cap, 2);
    move(cap, 0, first, clouds.storeOf(cap, 3));
    move(cap, 2, third, first);
    clouds.storeOf(cap, 4).objects().clear();
    first.faults().setAll(Fault.unavailable());
    assertThat(failure().mayComeBack()).isTrue();
  }

  /** In place of what is there. */
  private static void move(ReadCap cap, int share, MemoryBackend from, MemoryBackend to) {
    var key = from.objects().keys().getFirst();
    assertThat(key.text()).endsWith(cap.storageIndex().text() + "/" + share);
    byte[] bytes = from.objects().bytes(key).orElseThrow();
    from.objects().clear();
    to.objects().clear();
    to.objects().put(key, bytes);
  }

  private UnrecoverableException failure() {
    return catchThrowableOfType(UnrecoverableException.class, () -> clouds.get(cap));
  }
}
