package io.raic.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.raic.gateway.file.TransferBoard.Direction;
import io.raic.gateway.schedule.VirtualThreads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TransferBoardTest {
  private final TransferBoard transfers = new TransferBoard(new VirtualThreads());

  @Test
  void whatGoesOnIsCountedWhileItDoes() throws IOException {
    try (var upload = transfers.begin(Direction.UPLOAD, OptionalLong.of(10));
        var download = transfers.begin(Direction.DOWNLOAD, OptionalLong.empty())) {
      assertThat(upload.counting(new ByteArrayInputStream(new byte[10])).readNBytes(4)).hasSize(4);
      download.counting(OutputStream.nullOutputStream()).write(new byte[7]);

      assertThat(transfers.running())
          .extracting(TransferBoard.Running::direction, TransferBoard.Running::bytes)
          .containsExactly(tuple(Direction.UPLOAD, 4L), tuple(Direction.DOWNLOAD, 7L));
      upload.done();
      download.done();
    }
    var totals = transfers.totals();
    assertThat(transfers.running()).isEmpty();
    assertThat(List.of(totals.bytesIn(), totals.bytesOut(), totals.succeeded(), totals.failed()))
        .containsExactly(4L, 7L, 2L, 0L);
  }

  @Test
  void whatEndsWithoutAWordHasFailedUnlessItsClientIsToBlame() {
    transfers.begin(Direction.UPLOAD, OptionalLong.empty()).close();
    try (var broken = transfers.begin(Direction.UPLOAD, OptionalLong.empty())) {
      var body =
          broken.counting(
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw new IOException("gone");
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                  throw new IOException("gone");
                }
              });
      assertThatThrownBy(body::read).hasMessage("gone");
    }

    assertThat(transfers.totals().failed()).isEqualTo(1);
    assertThat(transfers.totals().succeeded()).isZero();
  }

  @Test
  void aQuantileIsAtMostAFifthTooHigh() {
    var times = new ArrayList<>(Collections.nCopies(92, 0L));
    times.set(40, 99L);
    times.set(60, 1L);
    var totals = new TransferBoard.Totals(0, 0, 100, 0, times);

    assertThat(totals.quantile(0.5)).isEqualTo(Duration.ofMillis(1 << 10));
    assertThat(totals.quantile(0.99)).isEqualTo(Duration.ofMillis(1 << 10));
    assertThat(totals.quantile(1)).isEqualTo(Duration.ofMillis(1 << 15));
  }
}
