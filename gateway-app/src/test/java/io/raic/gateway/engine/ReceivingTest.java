package io.raic.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import io.raic.gateway.grid.UnhappyException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads what a client sends, and for how long. */
class ReceivingTest {
  private static final byte[] FILE = Clouds.data(3, 200 * Clouds.SEGMENT_BYTES);

  private Clouds clouds;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    clouds = Clouds.five(directory);
  }

  @AfterEach
  void close() {
    clouds.close();
  }

  /** Remembers who reads and how far. */
  private static final class Watched extends FilterInputStream {
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();

    Watched() {
      super(new ByteArrayInputStream(FILE));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      readers.add(Thread.currentThread());
      int got = super.read(target, offset, length);
      bytes.addAndGet(Math.max(0, got));
      return got;
    }
  }

  @Test
  void onlyTheThreadOfTheRequestReads() throws IOException {
    var plaintext = new Watched();
    var stored = clouds.uploader().upload(plaintext, OptionalLong.of(FILE.length), true);
    assertThat(clouds.get(Clouds.shared(stored).capability())).isEqualTo(FILE);
    assertThat(plaintext.readers).containsExactly(Thread.currentThread());
  }

  @Test
  void anUploadThatCannotBecomeSafeReadsNoFurther() {
    for (int i : new int[] {0, 1}) {
      var fault = new Fault.After(20_000, Fault.unavailable());
      clouds.store(i).faults().set(Operation.WRITE, fault);
    }
    var plaintext = new Watched();
    assertThatThrownBy(
            () -> clouds.uploader().upload(plaintext, OptionalLong.of(FILE.length), true))
        .isInstanceOf(UnhappyException.class);
    assertThat(plaintext.bytes).hasValueLessThan(FILE.length / 2);
    assertThat(clouds.objects()).isEmpty();
  }

  @Test
  void storesThatStandStillDoNotLetTheUploadRunAhead() {
    // Two of five hang: neither can be done without, so that nothing more may be read.
    for (int i : new int[] {0, 1}) {
      var fault = new Fault.After(20_000, new Fault.Hang());
      clouds.store(i).faults().set(Operation.WRITE, fault);
    }
    var plaintext = new Watched();
    assertThatThrownBy(
            () -> clouds.uploader().upload(plaintext, OptionalLong.of(FILE.length), true))
        .isInstanceOf(UnhappyException.class);
    assertThat(plaintext.bytes).hasValueLessThan(FILE.length / 2);
  }
}
