package io.raic.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.memory.Fault;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.gateway.grid.Store;
import io.raic.gateway.grid.UnhappyException;
import io.raic.gateway.schedule.Fanout;
import io.raic.gateway.schedule.VirtualThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was acknowledged stays, and no operator gets too much, whatever failed before or beside. */
class PromiseTest {
  private static final byte[] FILE = Clouds.data(11, 9 * Clouds.SEGMENT_BYTES + 17);

  @TempDir Path directory;

  /** Fails an upload in such a way that all of its shares are on the list of leftovers. */
  private static void failAfterMakingPerhapsAll(Clouds clouds) {
    clouds.stores().forEach(store -> store.faults().set(Operation.COMMIT, Fault.unavailable()));
    clouds.store(0).faults().next(Operation.LIST, 1);
    clouds.store(0).faults().next(Operation.LIST, 1, Fault.unavailable());
    assertThatThrownBy(() -> clouds.converge(FILE)).isInstanceOf(UnhappyException.class);
    assertThat(clouds.grid().leftovers()).isNotEmpty();
    clouds.stores().forEach(store -> store.faults().clear());
  }

  @Test
  void aFileStoredAgainIsSafeFromTheSweeperWhenStoresListStale() throws IOException {
    try (var clouds = Clouds.five(directory)) {
      failAfterMakingPerhapsAll(clouds);
      var cap = clouds.converge(FILE);
      assertThat(clouds.grid().leftovers()).isEmpty();
      for (int i = 0; i < 3; i++) {
        clouds.store(i).faults().set(Operation.LIST, new Fault.Stale());
      }
      clouds.grid().sweep();
      clouds.stores().forEach(store -> store.faults().clear());
      assertThat(clouds.get(cap)).isEqualTo(FILE);
      assertThat(clouds.objects()).hasSize(5);
    }
  }

  @Test
  void aFileStoredAgainIsSafeFromTheSweeperAfterOtherNumbersWereConfigured() throws IOException {
    var stores =
        IntStream.range(0, 10)
            .mapToObj(i -> new Store("operator-" + i, new MemoryBackend("store-" + i)))
            .toList();
    try (var before = Clouds.over(directory, 3, 5, 4, stores.subList(0, 5))) {
      failAfterMakingPerhapsAll(before);
      var cap = before.converge(FILE);
      var after = Clouds.over(directory, 7, 10, 8, stores);
      after.grid().sweep();
      assertThat(after.get(cap)).isEqualTo(FILE);
    }
  }

  @Test
  void aFailedConvergentUploadLeavesNothingThatIsNotListed() throws IOException {
    try (var clouds = Clouds.five(directory)) {
      for (int i : new int[] {0, 1}) {
        clouds.store(i).faults().set(Operation.COMMIT, Fault.unavailable());
      }
      assertThatThrownBy(() -> clouds.converge(FILE)).isInstanceOf(UnhappyException.class);
      var listed = clouds.grid().leftovers().stream().map(l -> l.replace(" ", ":")).toList();
      assertThat(listed).containsAll(clouds.objects().keySet());
    }
  }

  @Test
  void anInterruptedCommitListsWhatItMade() throws Exception {
    try (var clouds = Clouds.five(directory)) {
      for (int i : new int[] {0, 1}) {
        clouds.store(i).faults().set(Operation.COMMIT, new Fault.Hang());
      }
      clouds.stores().forEach(s -> s.faults().set(Operation.DELETE, Fault.unavailable()));
      var upload =
          VirtualThreads.thread("upload", () -> assertThatThrownBy(() -> clouds.put(FILE)));
      for (var store : clouds.stores()) {
        assertThat(store.calls().await(Operation.COMMIT, 1, Duration.ofSeconds(10))).isTrue();
      }
      upload.interrupt();
      upload.join();
      assertThat(clouds.grid().leftovers()).hasSizeGreaterThanOrEqualTo(3);
      assertThat(Files.readString(directory.resolve("leftovers"))).contains("store-2");
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void twoUploadsOfOneFileAtOnceGiveNoStoreTooMuch(int seed) throws Exception {
    byte[] file = Clouds.data(seed, 4000);
    try (var clouds = Clouds.five(directory)) {
      // The first one sees four stores, the second one may see five.
      clouds.store(seed % 5).faults().next(Operation.LIST, 1, Fault.unavailable());
      Callable<Object> upload = () -> clouds.converge(file);
      new Fanout(new VirtualThreads()).all(List.of(upload, upload, upload), Duration.ofSeconds(20));
      assertThat(clouds.stores()).allSatisfy(s -> assertThat(sharesOn(s)).hasSizeLessThan(3));
    }
  }

  private static Set<Integer> sharesOn(MemoryBackend... stores) {
    return Stream.of(stores)
        .flatMap(store -> store.objects().keys().stream())
        .map(key -> Integer.valueOf(key.text().replaceAll(".*/", "")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOperatorGetsNoMoreWhileOneOfItsStoresIsSilent(boolean repair) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      var stores =
          Stream.of("A-1", "A-2", "B-1", "C-1", "D-1")
              .map(id -> new Store(id.substring(0, 1), new MemoryBackend(id)))
              .toList();
      try (var clouds = Clouds.over(directory, 3, 5, 4, stores)) {
        byte[] file = Clouds.data(seed, 4000);
        var cap = clouds.converge(file);
        clouds.store(0).faults().setAll(Fault.unavailable());
        clouds.store(3).objects().clear();
        if (repair) {
          clouds.repairer().repair(cap.verifyCap(), true);
        } else {
          try {
            clouds.converge(file);
          } catch (UnhappyException _) {
            // Rather that than too much for one operator.
          }
        }
        assertThat(sharesOn(clouds.store(0), clouds.store(1))).hasSizeLessThan(3);
      }
    }
  }

  @Test
  void aStoreThatTellsAtOnceThatItHasAShareCountsIfThatShareIsTheSame() throws IOException {
    try (var clouds = Clouds.five(directory)) {
      clouds.converge(FILE);
      for (var store : clouds.stores()) {
        store.faults().next(Operation.LIST, 1, new Fault.Stale());
        store.faults().set(Operation.BEGIN, new Fault.Fail(PromiseTest::isThere));
      }
      assertThat(Clouds.shared(clouds.upload(FILE, false)).shares()).isEqualTo(5);
    }
  }

  private static BackendException isThere(Request request) {
    return new BackendException.PreconditionFailed(request, "it is there");
  }

  @Test
  void aShareThatIsThereAndCorruptDoesNotCount() throws IOException {
    try (var clouds = Clouds.five(directory)) {
      clouds.converge(FILE);
      clouds.stores().forEach(Clouds::flipAll);
      clouds.stores().forEach(s -> s.faults().set(Operation.LIST, new Fault.Stale()));
      for (var store : clouds.stores()) {
        // What a stale listing shows is what was there before: nothing.
        var key = store.objects().keys().getFirst();
        byte[] corrupt = store.objects().bytes(key).orElseThrow();
        store.objects().remove(key);
        store.objects().put(key, corrupt);
      }
      assertThatThrownBy(() -> clouds.upload(FILE, false)).isInstanceOf(UnhappyException.class);
    }
  }
}
