package io.raic.benchmarks.system.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rig's store, used by the driver that the gateway uses. */
class StoreServerTest {
  private static final ObjectKey KEY = ObjectKey.of("shares/ab/abc/0");
  private static final int IN_PARTS = (5 << 20) + 12345;

  private static StoreServer server;
  private static CloudBackend store;

  @BeforeAll
  static void open() throws IOException {
    server = new StoreServer();
    store =
        Backends.open(
            Driver.S3,
            "test",
            Map.of(
                "endpoint", server.endpoint(),
                "bucket", "bucket",
                "checksum", "crc32c",
                "access-key-id", "someone",
                "secret-access-key", "nothing secret"));
  }

  @AfterEach
  void clear() {
    server.set(new Fault.None());
    server.clear();
  }

  @AfterAll
  static void close() throws IOException {
    store.close();
    server.close();
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30));
  }

  private static byte[] bytes(int length) {
    var bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }

  private void put(byte[] bytes, Precondition precondition) {
    try (var upload = store.begin(KEY, bytes.length, precondition, soon())) {
      upload.write(bytes, 0, bytes.length);
      upload.commit();
    }
  }

  private byte[] get(ByteRange range) {
    var all = new ByteArrayOutputStream();
    var buffer = new byte[1 << 16];
    try (var download = store.get(KEY, range, soon()).orElseThrow()) {
      for (int n = 0; n >= 0; n = download.read(buffer, 0, buffer.length)) {
        all.write(buffer, 0, n);
      }
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 70_000, 300_000, IN_PARTS})
  void whatIsWrittenIsReadAndListed(int length) {
    var bytes = bytes(length);
    put(bytes, Precondition.absent());
    assertThat(get(ByteRange.ALL)).isEqualTo(bytes);
    assertThat(store.stat(KEY, soon()).orElseThrow().size()).isEqualTo(length);
    var page = store.list("shares/", Optional.empty(), 10, soon());
    assertThat(page.objects()).singleElement().extracting("key").isEqualTo(KEY);
    assertThat(server.keys("shares/ab/")).containsExactly(KEY.text());
  }

  @Test
  void aPartOfAnObjectIsReadAndCounted() {
    var bytes = bytes(IN_PARTS);
    put(bytes, Precondition.none());
    var before = server.counts();
    var some = get(new ByteRange(5_000_000, 5_250_000));
    assertThat(some).isEqualTo(java.util.Arrays.copyOfRange(bytes, 5_000_000, 5_250_000));
    var asked = server.counts().since(before);
    assertThat(asked.requests()).isEqualTo(Map.of(Kind.GET, 1L));
    assertThat(asked.bytesAsked()).isEqualTo(250_000);
  }

  @Test
  void preconditionsAreKept() {
    put(bytes(10), Precondition.absent());
    assertThatThrownBy(() -> put(bytes(10), Precondition.absent()))
        .isInstanceOf(BackendException.PreconditionFailed.class);
    assertThatThrownBy(() -> put(bytes(IN_PARTS), Precondition.absent()))
        .isInstanceOf(BackendException.PreconditionFailed.class);
    assertThat(store.traits().createOnly()).isTrue();
    assertThat(store.traits().replaceIfMatches()).isTrue();
  }

  @Test
  void whatIsRemovedIsGoneAndItsMemoryIsUsedAgain() {
    put(bytes(300_000), Precondition.none());
    assertThat(store.delete(KEY, soon())).isTrue();
    assertThat(store.get(KEY, ByteRange.ALL, soon())).isEmpty();
    assertThat(server.keys("")).isEmpty();
    var bytes = bytes(299_000);
    put(bytes, Precondition.none());
    assertThat(get(ByteRange.ALL)).isEqualTo(bytes);
  }

  @Test
  void aBusyStoreSaysSo() {
    put(bytes(10), Precondition.none());
    server.set(new Fault.Busy(3600));
    assertThatThrownBy(() -> get(ByteRange.ALL)).isInstanceOf(BackendException.Throttled.class);
    server.set(new Fault.None());
    assertThat(get(ByteRange.ALL)).isEqualTo(bytes(10));
  }

  @Test
  void aCorruptStoreChangesBytesOnTheirWayOnly() {
    var bytes = bytes(300_000);
    put(bytes, Precondition.none());
    server.set(new Fault.Corrupt());
    assertThat(get(ByteRange.ALL)).hasSize(bytes.length).isNotEqualTo(bytes);
    server.set(new Fault.None());
    assertThat(get(ByteRange.ALL)).isEqualTo(bytes);
  }

  @Test
  void bodiesBreakOff() throws IOException {
    put(bytes(300_000), Precondition.none());
    for (var fault : new Fault[] {new Fault.Reset(), new Fault.Truncate(), new Fault.Refuse()}) {
      server.set(fault);
      assertThat(plainly()).as("%s", fault).isLessThan(300_000);
    }
  }

  @Test
  void aStoreThatHangsResetsWhatHungOnceItIsWell() throws Exception {
    put(bytes(300_000), Precondition.none());
    server.set(new Fault.Hang());
    var before = server.counts().of(Kind.GET);
    var reader = new FutureTask<>(StoreServerTest::plainly);
    Thread.ofVirtual().start(reader);
    while (server.counts().of(Kind.GET) == before) {
      Thread.onSpinWait();
    }
    server.set(new Fault.None());
    assertThat(reader.get()).isZero();
  }

  /** Returns how many bytes come until the connection ends. */
  private static int plainly() throws IOException {
    var endpoint = URI.create(server.endpoint());
    int count = 0;
    try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      String request = "GET /bucket/%s HTTP/1.1\r\n\r\n".formatted(KEY.text());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var buffer = new byte[1 << 16];
      for (int n = 0; n >= 0; n = socket.getInputStream().read(buffer)) {
        count += n;
      }
    } catch (SocketException _) {
      // It was reset.
    }
    return count;
  }
}
