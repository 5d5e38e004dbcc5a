package io.raic.cloud.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsFailureTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(because(new CertificateException("PKIX path building failed")), "not trust"),
        Arguments.of(because(new CertificateExpiredException("NotAfter: …")), "has ended"),
        Arguments.of(because(new CertificateNotYetValidException("NotBefore: …")), "begins later"),
        Arguments.of(
            because(new CertificateException("No subject alternative names present")),
            "another name"),
        Arguments.of(new SSLPeerUnverifiedException("said by the server"), "not trust"),
        Arguments.of(
            new SSLException("Unsupported or unrecognized SSL message"), "does not speak TLS"),
        Arguments.of(new SSLHandshakeException("said by the server"), "TLS failed"));
  }

  private static SSLException because(Exception cause) {
    return new SSLHandshakeException("said by the server", cause);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsSaidInOurOwnWords(SSLException e, String words) {
    assertThat(TlsFailure.words(e))
        .startsWith("no secure connection: ")
        .contains(words)
        .doesNotContain("PKIX", "said by the server");
  }

  @Test
  void aFailureIsFoundBelowOthers() {
    var tls = new SSLException("it");
    assertThat(TlsFailure.find(new IllegalStateException(new IOException(tls)))).containsSame(tls);
    assertThat(TlsFailure.find(new IOException("other"))).isEmpty();
  }
}
