package io.raic.gateway.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import io.raic.crypto.capability.ReadCap;
import io.raic.gateway.file.Downloader;
import io.raic.gateway.file.SegmentCache;
import io.raic.gateway.grid.UnrecoverableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading through the cache of segments. */
class CacheTest {
  private static final int SEGMENTS = 61;
  private static final byte[] FILE = Clouds.data(1, 60 * Clouds.SEGMENT_BYTES + 777);

  @TempDir private Path directory;
  private Clouds clouds;
  private CacheDisk disk;
  private Downloader downloader;
  private ReadCap cap;

  @BeforeEach
  void storeAFile() throws IOException {
    clouds = Clouds.five(directory);
    cap = clouds.put(FILE);
    disk = new CacheDisk(directory.resolve("cache"));
    downloader = clouds.downloader(cache(disk, 1 << 20));
  }

  @AfterEach
  void close() {
    disk.settle();
    clouds.close();
  }

  private static SegmentCache cache(CacheDisk disk, long bytes) {
    return SegmentCache.open(disk.directory(), bytes, disk, new SecureRandom()).orElseThrow();
  }

  private byte[] get(long offset, long length) throws IOException {
    return Clouds.get(downloader, cap, offset, length);
  }

  private void readAll() throws IOException {
    assertThat(get(0, FILE.length)).isEqualTo(FILE);
  }

  private void assertNothingIsAsked() {
    assertThat(clouds.calls(Operation.GET)).isZero();
    assertThat(clouds.calls(Operation.LIST)).isZero();
    assertThat(clouds.bytesRead()).isZero();
  }

  @Test
  void aSecondReadAsksNoStore() throws IOException {
    readAll();
    clouds.resetCalls();
    // What waits to be written is there already.
    readAll();
    assertThat(disk.segments()).hasSize(SEGMENTS);
    readAll();
    assertNothingIsAsked();
  }

  @Test
  void withoutACacheEachReadAsks() throws IOException {
    for (int i = 0; i < 2; i++) {
      clouds.resetCalls();
      assertThat(clouds.get(cap)).isEqualTo(FILE);
      assertThat(clouds.bytesRead()).isGreaterThanOrEqualTo(FILE.length);
    }
  }

  @Test
  void aGatewayThatForgotTheFileAsksForNoBlocks(@TempDir Path other) throws IOException {
    var cache = cache(disk, 1 << 20);
    assertThat(Clouds.get(clouds.downloader(cache), cap, 0, FILE.length)).isEqualTo(FILE);
    clouds.resetCalls();
    var forgetful = clouds.patient(other).downloader(cache);
    assertThat(Clouds.get(forgetful, cap, 0, FILE.length)).isEqualTo(FILE);
    // Of three shares what follows the blocks: trees, and the start of a share in its place.
    assertThat(clouds.bytesRead()).isBetween(1L, 3 * 16_000L);
    assertThat(clouds.calls(Operation.GET)).isLessThanOrEqualTo(3);
  }

  @Test
  void aFileThatIsGoneIsReadAsLongAsItsHashesAreKnown(@TempDir Path other) throws IOException {
    var cache = cache(disk, 1 << 20);
    downloader = clouds.downloader(cache);
    readAll();
    clouds.stores().forEach(store -> store.objects().clear());
    readAll();
    var forgetful = clouds.patient(other).downloader(cache);
    assertThatThrownBy(() -> Clouds.get(forgetful, cap, 0, FILE.length))
        .isInstanceOf(UnrecoverableException.class);
  }

  /** What can be wrong with a file of the cache. */
  enum Damage {
    FLIPPED,
    CUT_OFF,
    BLANK,
    MISSING,
    A_DIRECTORY,
    ANOTHER_SEGMENT;

    void befall(Path file, Path other) throws IOException {
      byte[] content = Files.readAllBytes(file);
      switch (this) {
        case FLIPPED -> {
          content[content.length / 2] ^= 1;
          Files.write(file, content);
        }
        case CUT_OFF -> Files.write(file, Arrays.copyOf(content, content.length - 1));
        case BLANK -> Files.write(file, new byte[0]);
        case MISSING -> Files.delete(file);
        case A_DIRECTORY -> {
          Files.delete(file);
          Files.createDirectory(file);
        }
        case ANOTHER_SEGMENT -> Files.write(file, Files.readAllBytes(other));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void aDamagedSegmentIsReadFromTheStoresAndCachedAgain(Damage damage) throws IOException {
    readAll();
    var segments = disk.segments();
    damage.befall(segments.get(7), segments.get(8));
    clouds.resetCalls();
    readAll();
    assertThat(clouds.calls(Operation.GET)).isBetween(3L, 5L);
    assertThat(clouds.bytesRead()).isLessThan(4 * Clouds.SEGMENT_BYTES);
    assertThat(disk.segments()).hasSize(SEGMENTS);
    clouds.resetCalls();
    readAll();
    assertNothingIsAsked();
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void noWrongByteIsGivenIfNothingElseIsLeft(Damage damage) throws IOException {
    readAll();
    var segments = disk.segments();
    for (int i = 1; i < segments.size(); i++) {
      damage.befall(segments.get(i), segments.getFirst());
    }
    clouds.stores().forEach(store -> store.faults().setAll(Fault.unavailable()));
    var out = new ByteArrayOutputStream();
    try (var content = downloader.open(cap, 0, FILE.length)) {
      assertThatThrownBy(() -> content.writeTo(out)).isInstanceOf(UnrecoverableException.class);
    }
    // One segment is good, and it may be the first.
    assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(FILE, out.size()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "0, 3000",
    "2999, 2",
    "3000, 1",
    "15007, 12000",
    "180776, 1",
    "179999, 778",
    "0, 180777"
  })
  void aRangeIsCachedBySegments(int offset, int length) throws IOException {
    byte[] expected = Arrays.copyOfRange(FILE, offset, offset + length);
    assertThat(get(offset, length)).isEqualTo(expected);
    int first = offset / Clouds.SEGMENT_BYTES;
    int last = (offset + length - 1) / Clouds.SEGMENT_BYTES;
    assertThat(disk.segments()).hasSize(last - first + 1);
    clouds.resetCalls();
    assertThat(get(offset, length)).isEqualTo(expected);
    assertNothingIsAsked();
    readAll();
    assertThat(disk.segments()).hasSize(SEGMENTS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverIsCachedEveryRangeIsRight(long seed) throws IOException {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    // Some have room for a few segments only.
    downloader = clouds.downloader(cache(disk, 4096L * (1 + random.nextInt(70))));
    for (int i = 0; i < 30; i++) {
      int offset = random.nextInt(FILE.length);
      int length = 1 + random.nextInt(FILE.length - offset);
      assertThat(get(offset, length)).isEqualTo(Arrays.copyOfRange(FILE, offset, offset + length));
      if (random.nextInt(3) == 0) {
        spoil(random);
      }
    }
  }

  private void spoil(RandomGenerator random) throws IOException {
    var segments = disk.segments();
    if (!segments.isEmpty()) {
      byte[] content = new byte[random.nextInt(2 * Clouds.SEGMENT_BYTES)];
      random.nextBytes(content);
      Files.write(segments.get(random.nextInt(segments.size())), content);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void manyFilesTakeNoMoreThanIsAllowed(long seed) throws IOException {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    long bound = 4096L * (5 + random.nextInt(40));
    downloader = clouds.downloader(cache(disk, bound));
    var files = new ArrayList<byte[]>();
    var caps = new ArrayList<ReadCap>();
    for (int i = 0; i < 12; i++) {
      files.add(Clouds.data(seed + i, 56 + random.nextInt(20 * Clouds.SEGMENT_BYTES)));
      caps.add(clouds.put(files.get(i)));
    }
    for (int i = 0; i < 40; i++) {
      int file = random.nextInt(files.size());
      assertThat(Clouds.get(downloader, caps.get(file), 0, files.get(file).length))
          .isEqualTo(files.get(file));
      assertThat(disk.bytes()).isBetween(1L, bound);
    }
  }

  @Test
  void whatWasReadLastStays() throws IOException {
    var other = clouds.put(Clouds.data(3, 10 * Clouds.SEGMENT_BYTES));
    downloader = clouds.downloader(cache(disk, 4096L * 20));
    get(0, 10L * Clouds.SEGMENT_BYTES);
    disk.settle();
    Clouds.get(downloader, other, 0, other.size());
    disk.settle();
    get(0, 10L * Clouds.SEGMENT_BYTES);
    get(20L * Clouds.SEGMENT_BYTES, 10L * Clouds.SEGMENT_BYTES);
    disk.settle();
    clouds.resetCalls();
    get(0, 10L * Clouds.SEGMENT_BYTES);
    assertNothingIsAsked();
    Clouds.get(downloader, other, 0, other.size());
    assertThat(clouds.bytesRead()).isGreaterThanOrEqualTo(other.size());
  }

  @Test
  void aSegmentThatIsLongerThanAllOfItIsNotCached() throws IOException {
    downloader = clouds.downloader(cache(disk, 4095));
    readAll();
    assertThat(disk.bytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {4096 * 10, 1 << 20})
  void manyReadersAtOnceAllGetTheFile(long bound) throws IOException {
    downloader = clouds.downloader(cache(disk, bound));
    clouds.store(2).faults().setAll(Fault.unavailable());
    var all =
        IntStream.range(0, 32)
            .parallel()
            .mapToObj(_ -> {
              try {
                return get(0, FILE.length);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
            .toList();
    assertThat(all).allSatisfy(bytes -> assertThat(bytes).isEqualTo(FILE));
    assertThat(disk.bytes()).isBetween(1L, bound);
  }

  @Test
  void aDirectoryThatCannotBeMadeDisturbsNobody() throws IOException {
    var file = Files.createFile(directory.resolve("file"));
    var broken = new CacheDisk(file.resolve("cache"));
    downloader = clouds.downloader(cache(broken, 1 << 20));
    readAll();
    broken.settle();
    clouds.resetCalls();
    readAll();
    assertThat(clouds.bytesRead()).isGreaterThanOrEqualTo(FILE.length);
  }

  @Test
  void aDiskThatBreaksDisturbsNobody() throws IOException {
    get(0, 5000);
    for (var segment : disk.segments()) {
      Files.delete(segment);
    }
    Files.delete(disk.directory());
    Files.createFile(disk.directory());
    readAll();
    disk.settle();
    readAll();
  }

  @Test
  void namesAndContentTellNothing() throws IOException {
    var zeros = new byte[FILE.length];
    var zerosCap = clouds.put(zeros);
    Clouds.get(downloader, zerosCap, 0, zeros.length);
    var names = new HashSet<Path>(disk.segments());
    assertThat(names).hasSize(SEGMENTS);
    for (var segment : disk.segments()) {
      assertThat(Files.readString(segment, ISO_8859_1)).doesNotContain("\0".repeat(16));
    }
    downloader = clouds.downloader(cache(disk, 1 << 20));
    Clouds.get(downloader, zerosCap, 0, zeros.length);
    assertThat(disk.segments()).hasSize(SEGMENTS).doesNotContainAnyElementsOf(List.copyOf(names));
  }
}
