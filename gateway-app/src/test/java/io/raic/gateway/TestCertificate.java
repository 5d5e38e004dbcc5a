package io.raic.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate of its own for this machine's names, as PEM.
 *
 * @param certificate it
 * @param key its private key
 * @param keys both, for Java
 */
public record TestCertificate(String certificate, String key, KeyStore keys) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /** Makes one for {@code name}, with Java's own tool. */
  public static TestCertificate of(String name, Path directory) {
    var store = directory.resolve(name + ".p12");
    try {
      var tool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "a",
                  "-keyalg",
                  "EC",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  new String(PASSWORD),
                  "-dname",
                  "CN=" + name,
                  "-ext",
                  "san=ip:127.0.0.1,dns:localhost")
              .redirectErrorStream(true)
              .start();
      String output = new String(tool.getInputStream().readAllBytes(), US_ASCII);
      if (tool.waitFor() != 0) {
        throw new IllegalStateException(output);
      }
      var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
      return new TestCertificate(
          pem("CERTIFICATE", keys.getCertificate("a").getEncoded()),
          pem("PRIVATE KEY", keys.getKey("a", PASSWORD).getEncoded()),
          keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String what, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, lines, what);
  }

  /** Returns what a server of Java's shows it with. */
  public SSLContext context() {
    try {
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes both to {@code certificate.pem} and {@code key.pem} in {@code directory}. */
  public void writeTo(Path directory) {
    try {
      Files.writeString(directory.resolve("certificate.pem"), certificate);
      Files.writeString(directory.resolve("key.pem"), key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
