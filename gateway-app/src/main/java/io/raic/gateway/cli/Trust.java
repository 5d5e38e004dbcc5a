package io.raic.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom the client of a gateway believes: those that a file names, and nobody else. */
final class Trust {
  private Trust() {}

  /**
   * Returns what believes the certificates in {@code file}, PEM, and those they vouch for.
   *
   * @throws Failure if it cannot be read, or has none
   */
  static SSLContext in(Path file) throws Failure {
    try (var in = Files.newInputStream(file)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry(Integer.toString(count++), certificate);
      }
      if (count == 0) {
        throw new Failure(ExitCode.FAILED, "there is no certificate in " + file);
      }
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw Failure.of("cannot read the certificates in " + file, e);
    } catch (GeneralSecurityException e) {
      throw new Failure(ExitCode.FAILED, "there are no certificates as PEM in " + file, e);
    }
  }
}
