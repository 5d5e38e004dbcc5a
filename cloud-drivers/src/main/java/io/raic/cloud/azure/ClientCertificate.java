package io.raic.cloud.azure;

import io.raic.cloud.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks into the file of an application's certificate. */
final class ClientCertificate {
  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");

  private ClientCertificate() {}

  /** Says whether a file is PEM; it may as well not be there. */
  static boolean isPem(Path file) {
    try {
      return text(read(file)).contains("-----BEGIN ");
    } catch (IOException _) {
      return true;
    }
  }

  /** Returns when the first of the file's certificates ends; empty if that cannot be read. */
  static Optional<Instant> end(Path file, Optional<Secret> password) {
    try {
      var bytes = read(file);
      return certificates(bytes, password).stream()
          .map(certificate -> certificate.getNotAfter().toInstant())
          .min(Instant::compareTo);
    } catch (IOException | GeneralSecurityException | IllegalStateException _) {
      // Whoever uses it will hear what is wrong with it.
      return Optional.empty();
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static List<X509Certificate> certificates(byte[] bytes, Optional<Secret> password)
      throws IOException, GeneralSecurityException {
    var found = new ArrayList<X509Certificate>();
    var factory = CertificateFactory.getInstance("X.509");
    for (var pem : PEM.matcher(text(bytes)).results().toList()) {
      var in = new ByteArrayInputStream(pem.group().getBytes(StandardCharsets.ISO_8859_1));
      found.add((X509Certificate) factory.generateCertificate(in));
    }
    if (found.isEmpty()) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(
          new ByteArrayInputStream(bytes), password.map(Secret::reveal).orElse("").toCharArray());
      for (var alias : Collections.list(store.aliases())) {
        if (store.getCertificate(alias) instanceof X509Certificate certificate) {
          found.add(certificate);
        }
      }
    }
    return found;
  }
}
