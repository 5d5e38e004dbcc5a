package io.raic.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two copies of a share, of which one is bad in part. */
class SameShareTwiceTest {
  private static final byte[] FILE = Clouds.data(51, 20 * Clouds.SEGMENT_BYTES);

  private Clouds clouds;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    clouds = Clouds.of(directory, 2, 5, 4, 5);
  }

  @AfterEach
  void close() {
    clouds.close();
  }

  @Test
  void countAsOne() throws IOException {
    var cap = clouds.put(FILE);
    var first = clouds.storeOf(cap, 0);
    var slow = clouds.storeOf(cap, 1);
    var other = clouds.storeOf(cap, 2);
    for (int share = 2; share < 5; share++) {
      clouds.storeOf(cap, share).objects().clear();
    }
    var key = first.objects().keys().getFirst();
    other.objects().put(key, first.objects().bytes(key).orElseThrow());
    spoilSegmentHashes(first, key, cap);
    slow.faults().set(Operation.GET, new Fault.Delay(Duration.ofMillis(400)));
    assertThat(clouds.get(cap)).isEqualTo(FILE);
  }

  private static void spoilSegmentHashes(MemoryBackend store, ObjectKey key, ReadCap cap) {
    byte[] share = store.objects().bytes(key).orElseThrow();
    var layout = ShareLayout.of(Geometry.of(cap.size(), 2, 5, Clouds.SEGMENT_BYTES));
    for (long at = layout.crypttextTree(); at < layout.blockTree(); at++) {
      share[(int) at] ^= 0x40;
    }
    store.objects().put(key, share);
  }
}
