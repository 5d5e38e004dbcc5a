package io.raic.gateway.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PutTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 55, 16_384, 1_000_000})
  void aFileIsSentWithItsLengthAndTheCapPrinted(int size) throws IOException {
    byte[] data = bytes(size);
    var file = Files.write(directory.resolve("file"), data);
    try (var gateway = new FakeGateway(FakeGateway.text(200, CapTest.EXAMPLE + "\n"))) {
      var result = new RaicRun().run("put", "--url", gateway.url(), file);
      assertThat(result.err()).isEmpty();
      assertThat(result.code()).isZero();
      assertThat(result.text()).isEqualTo(CapTest.EXAMPLE + "\n");
      var request = gateway.requests().getFirst();
      assertThat(request.line()).isEqualTo("PUT /uri");
      assertThat(request.body()).isEqualTo(new String(data, ISO_8859_1));
      assertThat(request.headers().getFirst("Content-Length")).isEqualTo(String.valueOf(size));
      assertThat(request.headers().getFirst("Accept"))
          .isEqualTo("text/plain, application/octet-stream");
    }
  }

  @ParameterizedTest
  @CsvSource({"5/5,", "4/5,4 of 5 shares", "nonsense,", "10/14,10 of 14 shares"})
  void sharesThatAreNotStoredYetAreRemarked(String redundancy, String remark) throws IOException {
    var file = Files.write(directory.resolve("file"), bytes(100));
    FakeGateway.Answer answer =
        exchange -> {
          exchange.getResponseHeaders().set("X-Raic-Redundancy", redundancy);
          FakeGateway.text(200, CapTest.EXAMPLE).to(exchange);
        };
    try (var gateway = new FakeGateway(answer)) {
      var result = new RaicRun().run("put", "--url", gateway.url(), file);
      assertThat(result.code()).isZero();
      assertThat(result.text()).isEqualTo(CapTest.EXAMPLE + "\n");
      if (remark == null) {
        assertThat(result.err()).isEmpty();
      } else {
        assertThat(result.err()).startsWith("raic: ").contains(remark).hasLineCount(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000_000})
  void standardInputIsSentInChunks(int size) throws IOException {
    byte[] data = bytes(size);
    try (var gateway = new FakeGateway(FakeGateway.text(201, CapTest.EXAMPLE))) {
      var result =
          new RaicRun()
              .withInput(data)
              .withEnvironment("RAIC_URL", gateway.url() + "/")
              .run("put", "--random-key", "-");
      assertThat(result.text()).isEqualTo(CapTest.EXAMPLE + "\n");
      var request = gateway.requests().getFirst();
      assertThat(request.line()).isEqualTo("PUT /uri?random-key=true");
      assertThat(request.body()).isEqualTo(new String(data, ISO_8859_1));
      assertThat(request.headers().getFirst("Transfer-encoding")).isEqualTo("chunked");
    }
  }

  @ParameterizedTest
  @CsvSource({"400,1", "413,1", "500,4", "503,4", "507,4"})
  void aRefusalIsOneLineWithTheGatewaysWords(int status, int code) throws IOException {
    var file = Files.write(directory.resolve("file"), bytes(100_000));
    String words = "store-2: no answer\nstore\u001b[2J-3: " + CapTest.EXAMPLE;
    try (var gateway = new FakeGateway(FakeGateway.text(status, words))) {
      var result = new RaicRun().run("put", "--url", gateway.url(), file);
      assertThat(result.code()).isEqualTo(code);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .isEqualTo(
              "raic: the gateway answers %d: store-2: no answer store [2J-3: URI:CHK:[redacted]\n"
                  .formatted(status));
    }
  }

  @Test
  void anAnswerThatIsNoCapIsNotPrinted() throws IOException {
    try (var gateway = new FakeGateway(FakeGateway.text(200, "<html>welcome</html>"))) {
      var result = new RaicRun().withInput("x").run("put", "--url", gateway.url(), "-");
      assertThat(result.code()).isEqualTo(ExitCode.FAILED.number());
      assertThat(result.out()).isEmpty();
    }
  }

  @Test
  void aLongFileIsNotSentToAGatewayThatRefusesItAtOnce() throws Exception {
    var file = Files.write(directory.resolve("file"), bytes(5_000_000));
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var request = new CompletableFuture<String>();
      Thread.ofVirtual().start(() -> request.complete(refuseAfterHeaders(server)));
      var url = "http://127.0.0.1:" + server.getLocalPort();
      var result = new RaicRun().run("put", "--url", url, file);
      assertThat(result.code()).isEqualTo(ExitCode.UNAVAILABLE.number());
      assertThat(result.err()).isEqualTo("raic: the gateway answers 503: no room\n");
      assertThat(request.get().toLowerCase(Locale.ROOT))
          .contains("expect: 100-continue", "content-length: 5000000")
          .endsWith("\r\n\r\n");
    }
  }

  private static String refuseAfterHeaders(ServerSocket server) {
    var head = new StringBuilder();
    try (var socket = server.accept()) {
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) socket.getInputStream().read());
      }
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 7\r\n\r\nno room"
                  .getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return head + new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      return head + e.toString();
    }
  }

  @Test
  void withoutAGatewayTheUserLearnsHowToStartOne() throws IOException {
    int port;
    try (var unused = new ServerSocket(0)) {
      port = unused.getLocalPort();
    }
    var result = new RaicRun().withInput("x").run("put", "--url", "http://127.0.0.1:" + port, "-");
    assertThat(result.code()).isEqualTo(ExitCode.UNAVAILABLE.number());
    assertThat(result.err()).contains("no gateway answers", "raic serve").hasLineCount(1);
  }

  @Test
  void directoriesAndMissingFilesAreRefusedBeforeAnythingIsSent() throws IOException {
    try (var gateway = new FakeGateway(FakeGateway.text(200, CapTest.EXAMPLE))) {
      var missing = new RaicRun().run("put", "--url", gateway.url(), directory.resolve("none"));
      var folder = new RaicRun().run("put", "--url", gateway.url(), directory);
      assertThat(missing.code()).isEqualTo(ExitCode.FAILED.number());
      assertThat(missing.err()).contains("no such file").hasLineCount(1);
      assertThat(folder.code()).isEqualTo(ExitCode.FAILED.number());
      assertThat(folder.err()).contains("is a directory").hasLineCount(1);
      assertThat(gateway.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host", "host:3456", "http://", "http://u:p@host", "http://h/?q"})
  void aUrlThatNamesNoGatewayIsAUsageError(String url) {
    var result = new RaicRun().withInput("x").run("put", "--url", url, "-");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(result.err()).hasLineCount(1);
  }

  @Test
  void aFileThatShrinksOrGrowsIsNotPassedOffAsStored() throws IOException {
    var file = Files.write(directory.resolve("file"), bytes(1000));
    try (var source = RegularFile.open(file)) {
      Files.write(file, bytes(999));
      assertThat(source.length()).isEqualTo(1000);
      assertThat(catchThrowable(source.open()::readAllBytes))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("changed while it was read");
      Files.write(file, bytes(1001));
      assertThat(catchThrowable(source.open()::readAllBytes)).isInstanceOf(Failure.class);
      Files.write(file, bytes(1000));
      assertThat(source.open().readAllBytes()).isEqualTo(bytes(1000));
    }
  }

  static byte[] bytes(int size) {
    byte[] data = new byte[size];
    new Random(size).nextBytes(data);
    return data;
  }
}
