package io.raic.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowStoreTest {
  private static final byte[] FILE = Clouds.data(5, 30 * Clouds.SEGMENT_BYTES);

  private Clouds clouds;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    clouds = Clouds.five(directory);
  }

  @AfterEach
  void close() {
    clouds.close();
  }

  @Test
  void aStoreMuchSlowerThanTheOthersIsDropped() throws IOException {
    // Each piece comes just in time; all of them would take most of a minute.
    var almostLate = Clouds.LIMITS.stall().dividedBy(2);
    clouds.store(2).faults().set(Operation.WRITE, new Fault.Delay(almostLate));
    var stored = Clouds.shared(clouds.upload(FILE, true));
    assertThat(stored.shares()).isEqualTo(4);
    assertThat(clouds.store(2).calls().count(Operation.WRITE)).isLessThan(15);
  }

  @Test
  void storesThatAreAllSlowAreAllKept() throws IOException {
    for (var store : clouds.stores()) {
      store.faults().set(Operation.WRITE, new Fault.Delay(Duration.ofMillis(60)));
    }
    assertThat(Clouds.shared(clouds.upload(FILE, true)).shares()).isEqualTo(5);
  }

  @Test
  void aRepairWaitsForASlowStore() throws IOException {
    var cap = clouds.put(FILE).verifyCap();
    clouds.store(3).objects().clear();
    clouds.store(3).faults().set(Operation.WRITE, new Fault.Delay(Duration.ofMillis(150)));
    assertThat(clouds.repairer().repair(cap, true).successful()).isTrue();
  }

  @Test
  void aRepairWaitsForASlowCommit() throws IOException {
    var cap = clouds.put(FILE).verifyCap();
    clouds.store(3).objects().clear();
    var slow = new Fault.Delay(Clouds.LIMITS.stall().plusMillis(300));
    clouds.store(3).faults().set(Operation.COMMIT, slow);
    assertThat(clouds.repairer().repair(cap, true).successful()).isTrue();
  }

  @Test
  void aRepairThatNoStoreTakesReadsNoBlock() throws IOException {
    byte[] large = Clouds.data(6, 3_000_000);
    var cap = clouds.put(large).verifyCap();
    clouds.store(3).objects().clear();
    clouds.stores().forEach(s -> s.faults().set(Operation.BEGIN, Fault.unavailable()));
    clouds.stores().forEach(s -> s.calls().reset());
    var repair = clouds.repairer().repair(cap, false);
    assertThat(repair.successful()).isFalse();
    assertThat(repair.failures()).anyMatch(f -> f.contains("made to fail"));
    long read = clouds.stores().stream().mapToLong(s -> s.calls().bytes(Operation.READ)).sum();
    assertThat(read).isLessThan(2_500_000);
  }
}
