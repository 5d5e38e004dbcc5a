package io.raic.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.crypto.capability.ReadCap;
import io.raic.gateway.grid.UnrecoverableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {
  private static final byte[] FILE = Clouds.data(1, 20 * Clouds.SEGMENT_BYTES + 777);

  private Clouds clouds;
  private ReadCap cap;

  @BeforeEach
  void storeAFile(@TempDir Path directory) throws IOException {
    clouds = Clouds.five(directory);
    cap = clouds.put(FILE);
  }

  @AfterEach
  void close() {
    clouds.close();
  }

  /** What can be wrong with a store, as a reader sees it. */
  @SuppressWarnings("ImmutableEnumChecker") // what they do holds nothing
  enum Trouble {
    DOWN(store -> store.faults().setAll(Fault.unavailable())),
    FORBIDDEN(store -> store.faults().setAll(Fault.accessDenied())),
    HANGING(store -> store.faults().setAll(new Fault.Hang())),
    HANGING_WHEN_OPENED(store -> store.faults().set(Operation.GET, new Fault.Hang())),
    HANGING_IN_THE_MIDDLE(
        store -> store.faults().set(Operation.READ, new Fault.After(5000, new Fault.Hang()))),
    FAILING_IN_THE_MIDDLE(
        store -> store.faults().set(Operation.READ, new Fault.After(9000, Fault.unavailable()))),
    TRUNCATING(store -> store.faults().set(Operation.READ, Fault.truncated(7000))),
    EMPTY(store -> store.objects().clear()),
    FLIPPED(Clouds::flipAll),
    CUT_OFF(store -> Clouds.rewrite(store, bytes -> Arrays.copyOf(bytes, bytes.length / 2))),
    SHORTER_BY_ONE(store -> Clouds.rewrite(store, bytes -> Arrays.copyOf(bytes, bytes.length - 1))),
    BLANK(store -> Clouds.rewrite(store, bytes -> new byte[0])),
    ONE_BIT_FLIPPED(store ->
        Clouds.rewrite(
            store,
            bytes -> {
              bytes[15_000] ^= 1;
              return bytes;
            })),
    STALE(store -> {
      store.faults().set(Operation.LIST, new Fault.Stale());
      store.faults().set(Operation.GET, new Fault.Stale());
    });

    private final Consumer<MemoryBackend> cause;

    Trouble(Consumer<MemoryBackend> cause) {
      this.cause = cause;
    }

    void befall(MemoryBackend store) {
      cause.accept(store);
    }
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void anyTwoStoresInTroubleLeaveEveryByteReadable(Trouble trouble) throws IOException {
    for (int first = 0; first < 5; first++) {
      for (int second = first + 1; second < 5; second++) {
        var before = clouds.objects();
        trouble.befall(clouds.store(first));
        trouble.befall(clouds.store(second));
        assertThat(clouds.get(cap)).isEqualTo(FILE);
        restore(before);
      }
    }
  }

  private void restore(Map<String, byte[]> objects) {
    for (var store : clouds.stores()) {
      store.faults().clear();
    }
    objects.forEach((name, bytes) -> {
      String[] parts = name.split(":", 2);
      clouds.stores().stream()
          .filter(store -> store.id().equals(parts[0]))
          .forEach(store -> store.objects().put(ObjectKey.of(parts[1]), bytes));
    });
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      mode = EnumSource.Mode.EXCLUDE,
      // These deliver all of a small range.
      names = {"HANGING_IN_THE_MIDDLE", "FAILING_IN_THE_MIDDLE", "TRUNCATING", "ONE_BIT_FLIPPED"})
  void twoStoresInDifferentTroubleLeaveARangeReadable(Trouble trouble) throws IOException {
    trouble.befall(clouds.store(1));
    clouds.store(4).faults().setAll(new Fault.Hang());
    assertThat(clouds.get(cap, 30_000, 100)).isEqualTo(Arrays.copyOfRange(FILE, 30_000, 30_100));
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      // The others keep a reader waiting for as long as a store may take.
      names = {"DOWN", "FORBIDDEN", "EMPTY", "FLIPPED", "CUT_OFF", "BLANK", "STALE"})
  void threeStoresInTroubleAreToldOfAndNoWrongByteIsGiven(Trouble trouble) {
    for (int i : new int[] {0, 2, 3}) {
      trouble.befall(clouds.store(i));
    }
    var out = new ByteArrayOutputStream();
    assertThatThrownBy(() -> out.writeBytes(clouds.get(cap)))
        .isInstanceOf(UnrecoverableException.class)
        .hasMessageContaining("2 good shares found, 3 are needed")
        .hasMessageContaining("store-0")
        .hasMessageContaining("store-4");
    assertThat(out.size()).isZero();
  }

  static Stream<List<Long>> ranges() {
    long segment = Clouds.SEGMENT_BYTES;
    long end = FILE.length;
    return Stream.of(
        List.of(0L, 1L),
        List.of(0L, segment),
        List.of(segment - 1, 2L),
        List.of(segment, 1L),
        List.of(5 * segment + 7, 4 * segment),
        List.of(end - 1, 1L),
        List.of(end - 778, 778L),
        List.of(0L, end));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void aRangeIsThoseBytes(List<Long> range) throws IOException {
    int offset = Math.toIntExact(range.get(0));
    int length = Math.toIntExact(range.get(1));
    assertThat(clouds.get(cap, offset, length))
        .isEqualTo(Arrays.copyOfRange(FILE, offset, offset + length));
  }

  @Test
  void aRangeReadsOnlyTheSegmentsItTouches(@TempDir Path other) throws IOException {
    byte[] large = Clouds.data(2, 200 * Clouds.SEGMENT_BYTES);
    var largeCap = clouds.put(large);
    clouds.stores().forEach(store -> store.calls().reset());
    clouds.patient(other).get(largeCap, 100L * Clouds.SEGMENT_BYTES, Clouds.SEGMENT_BYTES);
    long read = clouds.stores().stream().mapToLong(s -> s.calls().bytes(Operation.READ)).sum();
    // Three blocks, and of each share its hashes: 200 segments of 32 bytes in two trees.
    assertThat(read).isLessThan(Clouds.SEGMENT_BYTES + 3 * 40_000L);
  }

  @Test
  void aHealthyDownloadAsksForFewThings(@TempDir Path other) throws IOException {
    clouds.stores().forEach(store -> store.calls().reset());
    clouds.patient(other).get(cap);
    long gets = clouds.stores().stream().mapToLong(s -> s.calls().count(Operation.GET)).sum();
    // Of each of three shares the part after the blocks, and the blocks as one stream.
    assertThat(gets).isLessThanOrEqualTo(3 * 2 + 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 40_000})
  void aShareCutInChunksIsRead(int chunkBytes) throws IOException {
    for (var store : clouds.stores()) {
      for (ObjectKey key : store.objects().keys()) {
        byte[] share = store.objects().bytes(key).orElseThrow();
        int size = Math.max(chunkBytes, share.length / 700);
        for (int i = 0; i * size < share.length; i++) {
          byte[] chunk =
              Arrays.copyOfRange(share, i * size, Math.min(share.length, (i + 1) * size));
          store.objects().put(i == 0 ? key : ObjectKey.of(key + "." + i), chunk);
        }
      }
    }
    clouds.store(0).objects().clear();
    assertThat(clouds.get(cap)).isEqualTo(FILE);
  }

  @Test
  void objectsThatAreNoSharesArePassedOver() throws IOException {
    String prefix = clouds.store(0).objects().keys().getFirst().text().replaceAll("[^/]*$", "");
    for (String name : List.of("5", "255", "999", "x", "1.x", "01", "0.1", "0.0", "2.7", "3/4")) {
      clouds.stores().forEach(s -> s.objects().put(ObjectKey.of(prefix + "z" + name), FILE));
      clouds.stores().forEach(s -> s.objects().put(ObjectKey.of(prefix + "9" + name), FILE));
    }
    assertThat(clouds.get(cap)).isEqualTo(FILE);
  }

  @Test
  void sharesUnderTheWrongNumberAreReplaced() throws IOException {
    // Every store but three has another share's bytes under its own share's name.
    var keys = clouds.stores().stream().map(s -> s.objects().keys().getFirst()).toList();
    byte[] wrong = clouds.store(0).objects().bytes(keys.get(0)).orElseThrow();
    clouds.store(1).objects().put(keys.get(1), wrong);
    clouds.store(2).objects().put(keys.get(2), wrong);
    assertThat(clouds.get(cap)).isEqualTo(FILE);
  }

  @Test
  void manyReadersAtOnceAllGetTheFile() {
    clouds.store(2).faults().setAll(Fault.unavailable());
    var all =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(_ -> {
              try {
                return clouds.get(cap);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
            .toList();
    assertThat(all).allSatisfy(bytes -> assertThat(bytes).isEqualTo(FILE));
  }
}
