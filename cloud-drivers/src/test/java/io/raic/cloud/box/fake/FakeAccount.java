package io.raic.cloud.box.fake;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

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

  /** What the private key is locked with. */
  public static final String PASSPHRASE = "fakepassphrase";

  /** The public key that the application registered. */
  public static final String KEY_ID = "k3yid001";

  private static final String ENCRYPTION = "PBEWithHmacSHA256AndAES_256";

  private final AtomicLong spaceBytes = new AtomicLong(10L << 30);
  private final AtomicLong maxUploadBytes = new AtomicLong(5L << 30);
  private volatile boolean mayPurge = true;
  private volatile boolean mayUpload = true;
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

  /** Says whether the account may remove from the trash. */
  public void setMayPurge(boolean may) {
    mayPurge = may;
  }

  /** Says whether the account is an editor of all folders, or else a viewer. */
  public void setMayUpload(boolean may) {
    mayUpload = may;
  }

  void requirePurge() {
    require(mayPurge);
  }

  void requireUpload() {
    require(mayUpload);
  }

  private static void require(boolean may) {
    if (!may) {
      throw new Refusal(
          403, "access_denied_insufficient_permissions", "Access denied - insufficient permission");
    }
  }

  boolean mayUpload() {
    return mayUpload;
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

  /** Returns the key as the developer console gives it: locked with the passphrase. */
  public String privateKeyPem() {
    try {
      var lock = Cipher.getInstance(ENCRYPTION);
      var key =
          SecretKeyFactory.getInstance(ENCRYPTION)
              .generateSecret(new PBEKeySpec(PASSPHRASE.toCharArray()));
      lock.init(Cipher.ENCRYPT_MODE, key);
      var parameters = AlgorithmParameters.getInstance("PBES2");
      parameters.init(lock.getParameters().getEncoded());
      byte[] locked = lock.doFinal(keys().getPrivate().getEncoded());
      var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
      return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
          + base64.encodeToString(new EncryptedPrivateKeyInfo(parameters, locked).getEncoded())
          + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
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
