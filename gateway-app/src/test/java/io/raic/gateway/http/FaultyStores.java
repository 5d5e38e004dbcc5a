package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.Limits;
import io.raic.gateway.grid.Placement;
import io.raic.gateway.grid.Store;
import io.raic.gateway.schedule.VirtualThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Five stores in memory that go wrong on demand. */
final class FaultyStores {
  /** How long a store may hold up an upload: longer than the gateway's idle timeout in tests. */
  static final Duration STALL = Duration.ofSeconds(3);

  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(20), Duration.ofMillis(200), STALL);

  private static final List<MemoryBackend> STORES =
      IntStream.rangeClosed(1, 5).mapToObj(i -> new MemoryBackend("cloud-" + i)).toList();

  private FaultyStores() {}

  /** Joins the stores, with the rules the gateway has without a configuration. */
  static Grid grid() throws IOException {
    var stores = STORES.stream().map(store -> new Store(store.id(), store)).toList();
    var operators = STORES.stream().collect(Collectors.toMap(s -> s.id(), s -> s.id()));
    return new Grid(
        stores,
        Placement.forNewFiles(3, 5, 4, operators),
        LIMITS,
        1 << 20,
        Scratch.directory("faulty").resolve("leftovers"),
        new VirtualThreads());
  }

  /** Returns the store {@code number}, from 1. */
  static MemoryBackend store(int number) {
    return STORES.get(number - 1);
  }

  static List<MemoryBackend> all() {
    return STORES;
  }

  /** Makes all stores empty and sound. */
  static void reset() {
    for (var store : STORES) {
      store.faults().clear();
      store.objects().clear();
      store.calls().reset();
    }
  }

  static void setAll(Operation operation, Fault... faults) {
    STORES.forEach(store -> store.faults().set(operation, faults));
  }

  static void assertNothingStored() {
    assertThat(STORES).allSatisfy(store -> assertThat(store.objects().keys()).isEmpty());
  }
}
