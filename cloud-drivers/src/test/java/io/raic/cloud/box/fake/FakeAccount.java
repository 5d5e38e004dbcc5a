package io.raic.cloud.box.fake;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The one enterprise, application and service account that the fake knows, and its plan. */
public final class FakeAccount {
  /** The id of the application. */
  public static final String CLIENT_ID = "fakeclient0123456789abcdefghijkl";

  /** Its secret. */
  public static final String CLIENT_SECRET = "fakesecret0123456789abcdefghijkl";

  /** The enterprise that allowed it. */
  public static final String ENTERPRISE = "987654";

  /** The service account, or a user of that enterprise. */
  public static final String USER = "11223344";

  /** The public key that the application registered. */
  public static final String KEY_ID = "k3yid001";

  private final AtomicLong spaceBytes = new AtomicLong(10L << 30);
  private final AtomicLong maxUploadBytes = new AtomicLong(5L << 30);
  private final Supplier<KeyPair> keys = new LazyKeys();

  FakeAccount() {}

  /** Says how much the account can hold, with its trash and its old versions. */
  public void setSpaceBytes(long bytes) {
    spaceBytes.set(bytes);
  }

  /** Says how long a file may be. */
  public void setMaxUploadBytes(long bytes) {
    maxUploadBytes.set(bytes);
  }

  long spaceBytes() {
    return spaceBytes.get();
  }

  long maxUploadBytes() {
    return maxUploadBytes.get();
  }

  KeyPair keys() {
    return keys.get();
  }

  boolean isApplication(Optional<String> id, Optional<String> secret) {
    return id.equals(Optional.of(CLIENT_ID)) && secret.equals(Optional.of(CLIENT_SECRET));
  }

  static boolean isSubject(Optional<String> type, Optional<String> id) {
    return (type.equals(Optional.of("enterprise")) && id.equals(Optional.of(ENTERPRISE)))
        || (type.equals(Optional.of("user")) && id.equals(Optional.of(USER)));
  }

  /** Returns the key as the developer console gives it, but not encrypted. */
  public String privateKeyPem() {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN PRIVATE KEY-----\n"
        + base64.encodeToString(keys().getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** Made when first asked for: that takes a while. */
  private static final class LazyKeys implements Supplier<KeyPair> {
    private Optional<KeyPair> made = Optional.empty();

    @Override
    public synchronized KeyPair get() {
      if (made.isEmpty()) {
        made = Optional.of(make());
      }
      return made.get();
    }

    private static KeyPair make() {
      try {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
