package io.raic.cloud.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What each fault does to the bytes of an upload or a download. */
class MemoryStreamFaultsTest extends OneFaultyObject {
  @Test
  void aTruncatedBodyGivesItsFirstBytesAndThenFails() {
    write("0123456789");
    store.faults().next(Operation.GET, 1, Fault.truncated(4));

    try (var download = open(new ByteRange(2, 9))) {
      var target = new byte[100];
      assertThat(download.read(target, 0, 100)).isEqualTo(4);
      assertThat(text(target, 4)).isEqualTo("2345");
      assertThatThrownBy(() -> download.read(target, 0, 100))
          .isInstanceOf(BackendException.Corrupt.class);
    }
    assertThat(read()).isEqualTo("0123456789");
  }

  @Test
  void aCorruptedByteArrivesInEveryRangeThatHoldsIt() {
    write("0123456789");
    store.faults().set(Operation.READ, new Fault.Flip(new ByteRange(5, 6)));

    assertThat(read()).isEqualTo("01234" + (char) ('5' ^ 0xff) + "6789");
    try (var download = open(new ByteRange(5, 7))) {
      var target = new byte[2];
      assertThat(download.read(target, 0, 1)).isEqualTo(1);
      assertThat(download.read(target, 1, 1)).isEqualTo(1);
      assertThat(target).containsExactly('5' ^ 0xff, '6');
    }
    store.faults().clear();
    assertThat(read()).isEqualTo("0123456789");
  }

  @Test
  void aByteCorruptedWhileWritingStaysCorrupted() {
    store.faults().next(Operation.BEGIN, 1, Fault.garbled());
    write("AB");

    assertThat(store.objects().bytes(KEY).orElseThrow())
        .containsExactly((byte) ('A' ^ 0xff), (byte) ('B' ^ 0xff));
  }

  @Test
  void anUploadThatFailsAfterSomeBytesIsDead() {
    store.faults().next(Operation.BEGIN, 1, new Fault.After(3, Fault.unavailable()));
    try (var upload = store.begin(KEY, 6, Precondition.none(), in(LONG))) {
      upload.write(new byte[3], 0, 3);
      assertThatThrownBy(() -> upload.write(new byte[3], 0, 3))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThatThrownBy(upload::commit).isInstanceOf(BackendException.Unavailable.class);
    }
    assertThat(store.objects().keys()).isEmpty();
  }

  @Test
  void twoFaultsDoNotMakeAByteRightAgain() {
    write("AB");
    store.faults().set(Operation.GET, Fault.garbled());
    store.faults().set(Operation.READ, new Fault.Flip(new ByteRange(1, 2)), Fault.garbled());
    assertThat(read()).isEqualTo("" + (char) ('A' ^ 0xff) + (char) ('B' ^ 0xff));
  }

  @Test
  void closingADownloadEndsAReadThatHangs() throws InterruptedException {
    write("AB");
    store.faults().set(Operation.READ, new Fault.Hang());
    var download = open(ByteRange.ALL);
    var seen = new AtomicReference<String>();
    var caller =
        Thread.ofVirtual().start(() -> seen.set(failure(() -> download.read(new byte[1], 0, 1))));
    assertThat(store.calls().await(Operation.READ, 1, LONG)).isTrue();
    download.close();
    caller.join();

    assertThat(seen.get()).contains("closed");
  }

  @Test
  void theBytesThatPassAreCounted() {
    write("0123456789");
    try (var download = open(new ByteRange(2, 5))) {
      assertThat(download.read(new byte[9], 0, 9)).isEqualTo(3);
    }
    assertThat(store.calls().bytes(Operation.WRITE)).isEqualTo(10);
    assertThat(store.calls().bytes(Operation.READ)).isEqualTo(3);
  }
}
