package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.Upload;
import io.raic.cloud.VersionToken;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.schedule.VirtualThreads;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a share's upload waits for a store that takes long over a step. */
class ShareUploadTest {
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofMillis(200));

  private static final ObjectKey KEY = ObjectKey.of("shares/aa/aaaa/0");
  private static final int CHUNKS = ShareUpload.QUEUE_CHUNKS + 3;

  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private final AtomicLong sent = new AtomicLong();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicLong ticks = new AtomicLong();
  private final AtomicBoolean isHeldBack = new AtomicBoolean();
  private final long startNanos = System.nanoTime();

  /** A store whose first step ends when the test lets it. */
  private Store store() {
    var honest = new MemoryBackend("slow");
    return new Store(
        "operator",
        (CloudBackend)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CloudBackend.class},
                (_, method, arguments) ->
                    method.getName().equals("begin")
                        ? upload()
                        : method.invoke(honest, arguments)));
  }

  private Upload upload() {
    return new Upload() {
      @Override
      public void write(byte[] data, int offset, int length) {
        try {
          gate.await();
          taken.write(data, offset, length);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          throw new BackendException.Unavailable(
              Request.of("slow", Operation.WRITE), "interrupted");
        }
      }

      @Override
      public long sentBytes() {
        return sent.get();
      }

      @Override
      public long heldBackNanos() {
        return isHeldBack.get() ? System.nanoTime() - startNanos : 0;
      }

      @Override
      public ObjectInfo commit() {
        return new ObjectInfo(KEY, CHUNKS, new VersionToken("v"));
      }

      @Override
      public void close() {}
    };
  }

  private ShareUpload start() {
    return ShareUpload.start(
        new ShareTarget(0, store(), KEY, CHUNKS, false),
        LIMITS,
        new Tempo(LIMITS.hedge(), new VirtualThreads()),
        new VirtualThreads(),
        _ -> {});
  }

  private ShareUpload write(Runnable waiting) throws InterruptedException {
    var upload = start();
    for (int i = 0; i < CHUNKS; i++) {
      upload.write(new byte[1], 0, 1, waiting);
    }
    return upload;
  }

  @Test
  void aStoreThatStandsStillIsGivenUp() throws InterruptedException {
    try (var upload = write(() -> {})) {
      assertThat(upload.state())
          .isInstanceOfSatisfying(
              ShareUpload.State.Failed.class,
              failed -> assertThat(failed.reason()).isEqualTo("slow: took no data for 200 ms"));
    }
  }

  @Test
  void aStoreThatTakesBytesSlowlyIsWaitedFor() throws InterruptedException {
    // Many times longer than a store may stand still, and bytes move all the time.
    try (var upload =
        write(() -> {
          sent.incrementAndGet();
          if (ticks.incrementAndGet() == 20) {
            gate.countDown();
          }
        })) {
      assertThat(ticks).hasValueGreaterThanOrEqualTo(20);
      assertThat(upload.state()).isInstanceOf(ShareUpload.State.Open.class);
      assertThat(upload.waitedNanos()).isGreaterThan(LIMITS.stall().toNanos());
    }
  }

  @Test
  void waitingForLimitsOfOursIsNotHeldAgainstTheStore() throws InterruptedException {
    isHeldBack.set(true);
    try (var upload =
        write(() -> {
          if (ticks.incrementAndGet() == 20) {
            gate.countDown();
          }
        })) {
      assertThat(ticks).hasValueGreaterThanOrEqualTo(20);
      assertThat(upload.state()).isInstanceOf(ShareUpload.State.Open.class);
      assertThat(upload.movement().busyNanos()).isLessThan(LIMITS.stall().toNanos());
    }
  }

  @Test
  void aStoreHasMovedOnceItTookAByte() throws InterruptedException {
    try (var upload =
        write(() -> {
          if (ticks.incrementAndGet() == 3) {
            gate.countDown();
          }
        })) {
      assertThat(ticks).hasValueGreaterThanOrEqualTo(3);
      assertThat(upload.movement().hasMoved()).isTrue();
    }
  }

  @Test
  void aStoreThatTookNothingHasNotMoved() throws InterruptedException {
    try (var upload = write(() -> {})) {
      assertThat(upload.movement().hasMoved()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void bytesArriveInOrderThoughTheWriterUsesItsArrayAgain(long seed) throws Exception {
    gate.countDown();
    var random = new Random(seed);
    var written = new ByteArrayOutputStream();
    var upload = start();
    byte[] data = new byte[5000];
    for (int i = 0; i < 200; i++) {
      random.nextBytes(data);
      int offset = random.nextInt(data.length);
      int length = 1 + random.nextInt(data.length - offset);
      written.write(data, offset, length);
      upload.write(data, offset, length, () -> {});
    }
    upload.commit(
        new VerifyCap(
            new StorageIndex(Bytes.copyOf(new byte[16])), Bytes.copyOf(new byte[32]), 3, 5, 1000));
    assertThat(upload.awaitEnd(Duration.ofSeconds(30))).isTrue();
    assertThat(upload.isCommitted()).isTrue();
    assertThat(taken.toByteArray()).isEqualTo(written.toByteArray());
  }

  @Test
  void timeInAStepCountsBeforeTheStepEnds() throws InterruptedException {
    try (var upload =
        write(() -> {
          sent.incrementAndGet();
          if (ticks.incrementAndGet() == 10) {
            gate.countDown();
          }
        })) {
      assertThat(upload.movement().busyNanos()).isGreaterThan(LIMITS.stall().toNanos());
    }
  }
}
