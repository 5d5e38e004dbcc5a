package io.raic.cloud.call;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why there is no secure connection, in words for an operator and none of the server's. */
public final class TlsFailure {
  /** How far down causes are looked at. */
  private static final int MAX_CAUSES = 10;

  private TlsFailure() {}

  /** Returns the failure of TLS that {@code e} is, or that is below it. */
  public static Optional<SSLException> find(Throwable e) {
    Throwable cause = e;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++, cause = cause.getCause()) {
      if (cause instanceof SSLException tls) {
        return Optional.of(tls);
      }
    }
    return Optional.empty();
  }

  /** Says what is wrong. */
  public static String words(SSLException e) {
    return "no secure connection: " + reason(e);
  }

  private static String reason(SSLException e) {
    boolean isCertificate = e instanceof SSLPeerUnverifiedException;
    Throwable cause = e;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++, cause = cause.getCause()) {
      String said = String.valueOf(cause.getMessage());
      switch (cause) {
        case CertificateExpiredException _ -> {
          return "the server's certificate has ended, or the clock of this machine is wrong";
        }
        case CertificateNotYetValidException _ -> {
          return "the server's certificate begins later, or the clock of this machine is wrong";
        }
        case CertificateException _ -> isCertificate = true;
        default -> {}
      }
      if (said.contains("subject alternative") || said.contains("No name matching")) {
        return "the server's certificate is for another name";
      }
      if (said.contains("unrecognized SSL message")) {
        return "what answers does not speak TLS";
      }
    }
    return isCertificate
        ? "this machine does not trust the server's certificate"
        : "TLS failed or was ended by the server";
  }
}
