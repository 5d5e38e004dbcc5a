package io.raic.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.contract.StoreUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, and machines that lose their power, while they write. */
class LocalCrashTest {
  private static final int KILLS = 20;
  private static final int POWER_LOSSES = 6;

  @TempDir Path disk;

  /** The last version of each key that a writer was told to be committed. */
  private final Map<String, Long> committed = new HashMap<>();

  @Test
  void aKilledWriterLeavesWholeObjectsAndAllThatItCommitted() throws Exception {
    var root = disk.resolve("store");
    for (int round = 1; round <= KILLS; round++) {
      writeUntil(root, round, () -> {});
      assertAllThere(root);
    }
    assertThat(committed).hasSizeGreaterThan(KILLS);
  }

  /** A file system that is shut down forgets what was not synced, as it does without power. */
  @Test
  void aLossOfPowerLeavesWholeObjectsAndAllThatWasCommitted() throws Exception {
    var point = disk.resolve("disk");
    var image = Mount.image(disk.resolve("image"), 64 << 20);
    for (int round = 1; round <= POWER_LOSSES; round++) {
      try (var mount = Mount.ofImage(image, point)) {
        writeUntil(point.resolve("store"), round, mount::losePower);
      }
      try (var _ = Mount.ofImage(image, point)) {
        assertAllThere(point.resolve("store"));
      }
    }
    assertThat(committed).hasSizeGreaterThan(POWER_LOSSES);
  }

  private void assertAllThere(Path root) throws IOException {
    try (var store = LocalBackend.open("local", root)) {
      store.probe(StoreUse.soon());
      assertThat(leftovers(root)).isEmpty();
      var there = new HashMap<String, Long>();
      for (var info : StoreUse.list(store, "", 1000)) {
        byte[] bytes = StoreUse.read(store, info.key()).orElseThrow();
        there.put(info.key().text(), Numbered.version(bytes));
      }
      assertThat(there.keySet()).containsAll(committed.keySet());
      committed.forEach(
          (key, version) -> assertThat(there.get(key)).as(key).isGreaterThanOrEqualTo(version));
    }
  }

  /** Lets a process write, and somewhere in the middle of that lets {@code end} happen. */
  private void writeUntil(Path root, long seed, Runnable end) {
    var random = new Random(seed);
    try (var writer = new Fork("write", root, seed)) {
      assertThat(writer.line()).isNotEmpty();
      for (int more = random.nextInt(20); more > 0; more--) {
        note(writer.line());
      }
      // Anywhere within the writes that follow: this is the chance, not a way to wait for them.
      LockSupport.parkNanos(random.nextInt(20_000_000));
      end.run();
      writer.kill();
      writer.lines().forEach(this::note);
    }
  }

  private void note(String line) {
    var words = line.split(" ", -1);
    if (words.length == 2) {
      committed.merge(words[0], Long.parseLong(words[1]), Math::max);
    }
  }

  private static List<String> leftovers(Path root) throws IOException {
    var temporary = root.resolve(".tmp");
    if (!Files.isDirectory(temporary)) {
      return List.of();
    }
    try (var files = Files.list(temporary)) {
      return files.map(Path::toString).toList();
    }
  }
}
