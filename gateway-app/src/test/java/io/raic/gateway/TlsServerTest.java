package io.raic.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.gateway.http.Scratch;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(classes = GatewayApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class TlsServerTest {
  private static final Path DATA = Scratch.directory("tls");
  private static final TlsFiles FILES =
      new TlsFiles(DATA.resolve("certificate.pem"), DATA.resolve("key.pem"));
  private static final TestCertificate ONE = TestCertificate.of("one", DATA);
  private static final TestCertificate OTHER = TestCertificate.of("other", DATA);

  @LocalServerPort private int port;
  @Autowired private TlsServer server;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    ONE.writeTo(DATA);
    registry.add("raic.data", () -> DATA);
    registry.add("raic.tls.certificate", FILES.certificate()::toString);
    registry.add("raic.tls.key", FILES.key()::toString);
  }

  @BeforeEach
  void begin() {
    ONE.writeTo(DATA);
    server.look(FILES);
  }

  /** Returns the status line of an answer to a client that believes {@code trusted} alone. */
  private String ask(TestCertificate trusted) throws Exception {
    var context = trusting(trusted);
    try (var socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII)
          .lines()
          .findFirst()
          .orElse("");
    }
  }

  private static SSLContext trusting(TestCertificate trusted) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var in = new ByteArrayInputStream(trusted.certificate().getBytes(US_ASCII))) {
      var certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      store.setCertificateEntry("a", certificate);
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  @Test
  void newFilesAreUsedForNewConnections() throws Exception {
    assertThat(ask(ONE)).isEqualTo("HTTP/1.1 200 OK");
    OTHER.writeTo(DATA);
    server.look(FILES);
    assertThat(ask(OTHER)).isEqualTo("HTTP/1.1 200 OK");
    assertThatThrownBy(() -> ask(ONE)).isInstanceOf(SSLException.class);
  }

  @Test
  void filesThatCannotBeUsedAreWarnedOfAndChangeNothing(CapturedOutput output) throws Exception {
    for (String broken : new String[] {"", "no PEM", ONE.certificate(), OTHER.key()}) {
      Files.writeString(FILES.key(), broken);
      server.look(FILES);
      server.look(FILES);
      assertThat(ask(ONE)).isEqualTo("HTTP/1.1 200 OK");
    }
    Files.delete(FILES.key());
    server.look(FILES);
    assertThat(ask(ONE)).isEqualTo("HTTP/1.1 200 OK");
    assertThat(output.getAll())
        .contains("key.pem holds no private key", "is not the key of the first", "cannot be read")
        .doesNotContain(OTHER.key().lines().skip(1).findFirst().orElseThrow());
    OTHER.writeTo(DATA);
    server.look(FILES);
    assertThat(ask(OTHER)).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void certificatesThatAreNoChainAreWarnedOfAndChangeNothing(CapturedOutput output)
      throws Exception {
    for (String next : new String[] {ONE.certificate(), OTHER.certificate()}) {
      Files.writeString(FILES.certificate(), ONE.certificate() + next);
      server.look(FILES);
      server.look(FILES);
      assertThat(ask(ONE)).isEqualTo("HTTP/1.1 200 OK");
    }
    assertThat(output.getAll())
        .containsOnlyOnce("certificate.pem has to hold each certificate once, in order");
    OTHER.writeTo(DATA);
    server.look(FILES);
    assertThat(ask(OTHER)).isEqualTo("HTTP/1.1 200 OK");
  }
}
