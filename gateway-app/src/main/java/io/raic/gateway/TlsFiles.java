package io.raic.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/**
 * The files of a certificate and its key.
 *
 * @param certificate the chain, as PEM, the gateway's own first
 * @param key the private key of the first, as PEM, not encrypted
 */
record TlsFiles(Path certificate, Path key) {
  /** No chain or key is longer. */
  private static final int MAX_BYTES = 1 << 20;

  /**
   * What the files hold.
   *
   * @param certificate of the certificate's file
   * @param key of the key's file
   */
  record Content(String certificate, String key) {
    @Override
    public String toString() {
      return "Content[redacted]";
    }
  }

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException which names the setting, if one cannot be read
   */
  Content read() {
    return new Content(text(certificate, "certificate"), text(key, "key"));
  }

  private static String text(Path file, String setting) {
    try (var in = Files.newInputStream(file)) {
      // As PEM is ASCII, what is no text is not PEM either.
      return new String(in.readNBytes(MAX_BYTES), ISO_8859_1);
    } catch (IOException _) {
      throw wrong(setting, file, "cannot be read");
    }
  }

  private static IllegalArgumentException wrong(String setting, Path file, String how) {
    return new IllegalArgumentException("raic.tls.%s: %s %s".formatted(setting, file, how));
  }

  /**
   * Makes what a server uses of what the files hold.
   *
   * @throws IllegalArgumentException which names the setting and shows nothing of a key, if there
   *     is no certificate or no key, or they do not belong together, or the chain is none
   */
  SslBundle bundle(Content content) {
    var chain = chain(content.certificate());
    var privateKey = privateKey(content.key());
    if (!belong(privateKey, chain.getFirst().getPublicKey())) {
      throw wrong("key", key, "is not the key of the first certificate in " + certificate);
    }
    var store = new PemSslStoreBundle(PemSslStore.of(chain, privateKey), null);
    try {
      var _ = store.getKeyStore();
    } catch (RuntimeException _) {
      throw wrong("certificate", certificate, "has to hold each certificate once, in order");
    }
    return SslBundle.of(store);
  }

  private List<X509Certificate> chain(String pem) {
    try {
      var chain = PemContent.of(pem).getCertificates();
      if (chain != null && !chain.isEmpty()) {
        return chain;
      }
    } catch (RuntimeException _) {
      // Said below; the parser's words may be the file's.
    }
    throw wrong("certificate", certificate, "holds no certificate as PEM");
  }

  private PrivateKey privateKey(String pem) {
    try {
      var found = PemContent.of(pem).getPrivateKey();
      if (found != null) {
        return found;
      }
    } catch (RuntimeException _) {
      // Said below; the parser's words may be the key's.
    }
    throw wrong("key", key, "holds no private key as PEM, or an encrypted one");
  }

  private static boolean belong(PrivateKey privateKey, PublicKey publicKey) {
    String algorithm =
        switch (publicKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> publicKey.getAlgorithm();
        };
    byte[] message = {1, 2, 3};
    try {
      var signer = Signature.getInstance(algorithm);
      signer.initSign(privateKey);
      signer.update(message);
      byte[] signature = signer.sign();
      signer.initVerify(publicKey);
      signer.update(message);
      return signer.verify(signature);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
