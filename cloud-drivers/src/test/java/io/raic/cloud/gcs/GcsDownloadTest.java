package io.raic.cloud.gcs;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.drain;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.gcs.fake.GcsFake;
import io.raic.cloud.wire.FaultProxy;
import io.raic.cloud.wire.WireFault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not believed of an answer with bytes. */
class GcsDownloadTest {
  private static final ObjectKey KEY = ObjectKey.of("k");

  private final GcsFake fake = GcsUse.fake();
  private final FaultProxy proxy =
      new FaultProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), fake.port()));
  private final CloudBackend store =
      GcsUse.open(
          fake,
          Map.of(
              "endpoint",
              "http://127.0.0.1:" + proxy.address().getPort(),
              "token",
              fake.tokens().issue()));

  @AfterEach
  void stop() {
    store.close();
    proxy.close();
    fake.close();
  }

  private void answers(String status, String body, String... headers) {
    var lines = new ArrayList<>(List.of("HTTP/1.1 " + status));
    lines.addAll(List.of(headers));
    lines.addAll(List.of("Content-Length: " + body.length(), "Connection: close", "", body));
    proxy.set(new WireFault.Answer(String.join("\r\n", lines), Integer.MAX_VALUE));
  }

  private void assertCorrupt(ByteRange range) {
    assertThatThrownBy(() -> read(store, KEY, range)).isInstanceOf(BackendException.Corrupt.class);
  }

  @Test
  void aWholeObjectIsComparedWithItsChecksum() {
    String[] headers = {
      "x-goog-generation: 7", "x-goog-stored-content-length: 9", "x-goog-hash: crc32c=4waSgw=="
    };
    answers("200 OK", "123456789", headers);
    assertThat(read(store, KEY).orElseThrow()).asString().isEqualTo("123456789");
    answers("200 OK", "123456788", headers);
    assertCorrupt(ByteRange.ALL);
  }

  @ParameterizedTest
  @CsvSource({
    // All in place of a part, another part, another length.
    "200 OK, x-goog-stored-content-length: 9, bytes 2-4/9",
    "206 Partial Content, x-goog-stored-content-length: 9, bytes 1-3/9",
    "206 Partial Content, x-goog-stored-content-length: 9, bytes 2-5/9",
    "206 Partial Content, x-goog-stored-content-length: 8, bytes 2-4/9",
    "206 Partial Content, x-goog-stored-content-length: -9, bytes 2-4/9",
    "206 Partial Content, x-none: 9, bytes 2-4/9",
    "206 Partial Content, x-goog-stored-content-length: 9, bytes=2-4/9"
  })
  void anAnswerThatContradictsTheQuestionIsCorrupt(String status, String length, String range) {
    answers(status, "345", "x-goog-generation: 7", length, "Content-Range: " + range);
    assertCorrupt(new ByteRange(2, 5));
  }

  @Test
  void anObjectWithoutAVersionOrPackedIsCorrupt() {
    answers("200 OK", "123456789", "x-goog-stored-content-length: 9");
    assertCorrupt(ByteRange.ALL);
    answers(
        "200 OK",
        "123456789",
        "x-goog-generation: 7",
        "x-goog-stored-content-length: 9",
        "x-goog-stored-content-encoding: gzip");
    assertCorrupt(ByteRange.ALL);
  }

  @Test
  void closingFromAnotherThreadEndsAReadThatHangs()
      throws InterruptedException, ExecutionException, TimeoutException {
    put(store, KEY, bytes(1, 3_000_000));
    var download = store.get(KEY, ByteRange.ALL, soon()).orElseThrow();
    proxy.set(new WireFault.Stall(0));
    var reading =
        new FutureTask<>(() -> {
          assertThatThrownBy(() -> drain(download)).isInstanceOf(BackendException.class);
          return Thread.currentThread().isInterrupted();
        });
    Thread.ofVirtual().start(reading);
    download.close();
    assertThat(reading.get(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS)).isFalse();
  }
}
