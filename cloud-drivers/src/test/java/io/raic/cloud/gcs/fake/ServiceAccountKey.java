package io.raic.cloud.gcs.fake;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;

/** A service account with a key of its own, which exists nowhere else. */
public final class ServiceAccountKey {
  private static final String EMAIL = "raic-test@raic-test.iam.gserviceaccount.com";
  private static final String KEY_ID = "0123456789abcdef0123456789abcdef01234567";

  private final KeyPair keys;

  private ServiceAccountKey(KeyPair keys) {
    this.keys = keys;
  }

  /** Returns a new one. */
  public static ServiceAccountKey generate() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return new ServiceAccountKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the file that the console gives its owner, for a server that says {@code tokenUri}. */
  public String json(String tokenUri) {
    var line = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    var json = new JsonObject();
    json.addProperty("type", "service_account");
    json.addProperty("project_id", "raic-test");
    json.addProperty("private_key_id", KEY_ID);
    json.addProperty(
        "private_key",
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(line.encodeToString(keys.getPrivate().getEncoded())));
    json.addProperty("client_email", EMAIL);
    json.addProperty("client_id", "100000000000000000001");
    json.addProperty("token_uri", tokenUri);
    return json.toString();
  }

  /** Returns what the account is called. */
  public String email() {
    return EMAIL;
  }

  String keyId() {
    return KEY_ID;
  }

  PublicKey publicKey() {
    return keys.getPublic();
  }
}
