package io.raic.cloud.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of this machine, made for one test, which nobody has signed but itself. */
public final class TestCertificate implements AutoCloseable {
  private static final String ALIAS = "test";

  private final Path directory;
  private final String password = UUID.randomUUID().toString();
  private final KeyStore keys;

  /** Makes one, by the JDK's own tool. */
  public TestCertificate() {
    try {
      directory = Files.createTempDirectory("raic-certificate");
      Path file = directory.resolve("keys.p12");
      makeKeys(file);
      keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        keys.load(in, password.toCharArray());
      }
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
      try (var out = Files.newOutputStream(trustStore())) {
        trusted.store(out, password.toCharArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void makeKeys(Path file) throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass:env",
                "KEYS_PASSWORD")
            .redirectErrorStream(true);
    process.environment().put("KEYS_PASSWORD", password);
    var running = process.start();
    String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (running.waitFor() != 0) {
        throw new IllegalStateException("keytool makes no certificate: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Path trustStore() {
    return directory.resolve("trust.p12");
  }

  /** Returns the options of a Java that trusts it, and nobody else. */
  public List<String> javaOptions() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trustStore(),
        "-Djavax.net.ssl.trustStorePassword=" + password);
  }

  SSLServerSocketFactory serverSockets() {
    try {
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password.toCharArray());
      var context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context.getServerSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What this Java trusted before. */
  public interface Before extends AutoCloseable {
    /** Trusts that again. */
    @Override
    void close();
  }

  /**
   * Lets all clients that are made from now on in this Java trust it, and nobody else. A Java that
   * is started with {@link #javaOptions} does that by itself.
   */
  public Before trust() {
    try {
      var before = SSLContext.getDefault();
      var properties = List.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword");
      System.setProperty(properties.get(0), trustStore().toString());
      System.setProperty(properties.get(1), password);
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init((KeyStore) null);
      var trusting = SSLContext.getInstance("TLS");
      trusting.init(null, managers.getTrustManagers(), null);
      use(trusting);
      return () -> {
        properties.forEach(System::clearProperty);
        use(before);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void use(SSLContext context) {
    SSLContext.setDefault(context);
    HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(trustStore());
      Files.deleteIfExists(directory.resolve("keys.p12"));
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
