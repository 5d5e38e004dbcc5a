package io.raic.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.crypto.bytes.Bytes;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SegmentCacheTest {
  private static final int BLOCK = 4096;

  @TempDir private Path directory;
  private final AtOnce atOnce = new AtOnce();

  /** Writes before anything else happens, by a time that a test sets. */
  private static final class AtOnce implements Scheduler {
    private long nanos;

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public Strand start(String name, Runnable work) {
      work.run();
      return new Strand() {
        @Override
        public void interrupt() {}

        @Override
        public boolean join(Duration limit) {
          return true;
        }
      };
    }

    @Override
    public Lock newLock() {
      return new ReentrantLock();
    }
  }

  private SegmentCache cache(long bytes) {
    return SegmentCache.open(path(), bytes, atOnce, new SecureRandom()).orElseThrow();
  }

  private Path path() {
    return directory.resolve("below").resolve("cache");
  }

  private static Bytes file(int number) {
    byte[] hash = new byte[32];
    hash[0] = (byte) number;
    return Bytes.copyOf(hash);
  }

  private static byte[] content(int file, int segment) {
    byte[] content = new byte[1 + (file * 7919 + segment * 104_729) % (3 * BLOCK)];
    Arrays.fill(content, (byte) (file * 31 + segment));
    return content;
  }

  private static boolean has(SegmentCache cache, int file, int segment) {
    byte[] expected = content(file, segment);
    byte[] target = new byte[expected.length];
    boolean isThere = cache.of(file(file)).read(segment, target, target.length).isPresent();
    assertThat(!isThere || Arrays.equals(target, expected)).isTrue();
    return isThere;
  }

  private static void put(SegmentCache cache, int file, int segment) {
    byte[] content = content(file, segment);
    cache.of(file(file)).put(segment, content, content.length);
  }

  private long onDisk() throws IOException {
    try (var files = Files.list(path())) {
      return files.mapToLong(f -> Math.ceilDiv(f.toFile().length(), BLOCK) * (long) BLOCK).sum();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theDiskHasWhatIsCountedAndNeverMoreThanIsAllowed(long seed) throws IOException {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    long bound = random.nextLong(3 * BLOCK, 10L * BLOCK * seed);
    var cache = cache(bound);
    for (int i = 0; i < 300; i++) {
      int file = random.nextInt(6);
      int segment = random.nextInt(20);
      if (!has(cache, file, segment)) {
        put(cache, file, segment);
        assertThat(has(cache, file, segment)).isTrue();
      }
      assertThat(onDisk()).isEqualTo(cache.bytes()).isBetween(1L, bound);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theBoundHoldsWhileManyWrite(long seed) throws IOException {
    long bound = 30L * BLOCK;
    var cache = cache(bound);
    IntStream.range(0, 2000)
        .parallel()
        .forEach(i -> {
          var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 10_000 + i);
          int file = random.nextInt(6);
          int segment = random.nextInt(20);
          if (!has(cache, file, segment)) {
            put(cache, file, segment);
          }
        });
    put(cache, 7, 7);
    assertThat(onDisk()).isEqualTo(cache.bytes()).isBetween(1L, bound);
  }

  @Test
  void aStartRemovesWhatAnEarlierProcessLeftAndNothingElse() throws IOException {
    put(cache(1 << 20), 1, 1);
    var kept = List.of(path().resolve("notes.txt"), path().resolve("0123456789abcdef.segment"));
    for (var file : kept) {
      Files.writeString(file, "mine");
    }
    Files.writeString(path().resolve("0123456789abcdef0123456789abcdef.unfinished"), "half");
    var cache = cache(1 << 20);
    assertThat(has(cache, 1, 1)).isFalse();
    try (var files = Files.list(path())) {
      assertThat(files).containsExactlyInAnyOrderElementsOf(kept);
    }
  }

  @Test
  void aCacheOfNothingIsNoneAndRemovesWhatWasThere() throws IOException {
    assertThat(SegmentCache.open(path(), 0, atOnce, new SecureRandom())).isEmpty();
    assertThat(path()).doesNotExist();
    put(cache(1 << 20), 1, 1);
    assertThat(SegmentCache.open(path(), 0, atOnce, new SecureRandom())).isEmpty();
    assertThat(path()).isEmptyDirectory();
  }

  @Test
  void othersCannotReadIt() throws IOException {
    put(cache(1 << 20), 1, 1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rwx------");
    try (var files = Files.list(path())) {
      var file = files.findFirst().orElseThrow();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aBrokenDiskIsSaidOnceAndTriedAgainLater(CapturedOutput output) throws IOException {
    var cache = cache(1 << 20);
    put(cache, 1, 1);
    breakIt();
    put(cache, 1, 2);
    assertThat(has(cache, 1, 1)).isFalse();
    for (int i = 0; i < 3; i++) {
      atOnce.nanos += SegmentCache.PAUSE.toNanos();
      put(cache, 1, i);
      assertThat(has(cache, 1, i)).isFalse();
    }
    assertThat(output.getAll().lines().filter(l -> l.contains("cache of segments is off")))
        .hasSize(1);
    Files.delete(path());
    put(cache, 1, 1);
    assertThat(has(cache, 1, 1)).isFalse();
    atOnce.nanos += SegmentCache.PAUSE.toNanos();
    put(cache, 1, 1);
    assertThat(has(cache, 1, 1)).isTrue();
    assertThat(cache.bytes()).isEqualTo(onDisk());
  }

  private void breakIt() throws IOException {
    try (var files = Files.list(path())) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(path());
    Files.createFile(path());
  }

  @Test
  void aSegmentThatIsNotRightGoesFromTheDisk() throws IOException {
    var cache = cache(1 << 20);
    put(cache, 1, 1);
    byte[] target = new byte[content(1, 1).length];
    var found = cache.of(file(1)).read(1, target, target.length).orElseThrow();
    found.drop();
    found.drop();
    assertThat(onDisk()).isZero();
    assertThat(cache.bytes()).isZero();
    put(cache, 1, 1);
    found.drop();
    assertThat(has(cache, 1, 1)).isTrue();
  }

  @Test
  void theNextSegmentIsOfTheSameFile() {
    var cache = cache(1 << 20);
    for (int file = 1; file < 5; file++) {
      put(cache, file, 3 * file);
    }
    assertThat(cache.of(file(2)).firstFrom(0)).hasValue(6);
    assertThat(cache.of(file(2)).firstFrom(6)).hasValue(6);
    assertThat(cache.of(file(2)).firstFrom(7)).isEmpty();
    assertThat(cache.of(file(9)).firstFrom(0)).isEmpty();
  }
}
