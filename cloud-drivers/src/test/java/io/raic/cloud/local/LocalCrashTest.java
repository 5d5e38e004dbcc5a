package io.raic.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.contract.StoreUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they write. */
class LocalCrashTest {
  private static final int ROUNDS = 20;

  @TempDir Path disk;

  @Test
  void aKilledWriterLeavesWholeObjectsAndAllThatItCommitted() throws Exception {
    var root = disk.resolve("store");
    var committed = new HashMap<String, Long>();
    for (int round = 1; round <= ROUNDS; round++) {
      killWhileWriting(root, round, committed);
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
    assertThat(committed).hasSizeGreaterThan(ROUNDS);
  }

  private static void killWhileWriting(Path root, long seed, Map<String, Long> committed) {
    var random = new Random(seed);
    try (var writer = new Fork("write", root, seed)) {
      assertThat(writer.line()).isNotEmpty();
      for (int more = random.nextInt(20); more > 0; more--) {
        note(writer.line(), committed);
      }
      // Anywhere within the writes that follow: this is the chance, not a way to wait for them.
      LockSupport.parkNanos(random.nextInt(20_000_000));
      writer.kill();
      writer.lines().forEach(line -> note(line, committed));
    }
  }

  private static void note(String line, Map<String, Long> committed) {
    var words = line.split(" ", -1);
    if (words.length == 2) {
      committed.merge(words[0], Long.parseLong(words[1]), Math::max);
    }
  }

  private static String[] leftovers(Path root) throws IOException {
    var temporary = root.resolve(".tmp");
    return Files.isDirectory(temporary) ? temporary.toFile().list() : new String[0];
  }
}
