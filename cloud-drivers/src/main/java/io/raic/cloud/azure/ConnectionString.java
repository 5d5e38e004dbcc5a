package io.raic.cloud.azure;

import io.raic.cloud.Secret;
import io.raic.cloud.settings.SettingException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What Azure's portal gives to copy: the account, its address and a key or SAS token in one. */
final class ConnectionString {
  private final Secret secret;
  private final Map<String, String> atStart;

  private ConnectionString(Secret secret) {
    this.secret = secret;
    this.atStart = parsed(secret.reveal());
  }

  /**
   * Reads one. What it says of account and address holds from now on; a credential is read anew
   * each time it is asked for.
   *
   * @throws SettingException if it cannot be read, or is none
   */
  static ConnectionString of(Secret secret) {
    try {
      return new ConnectionString(secret);
    } catch (IllegalStateException e) {
      throw new SettingException("connection-string", ": " + e.getMessage());
    }
  }

  private static Map<String, String> parsed(String text) {
    var fields = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    Arrays.stream(text.split(";"))
        .map(String::strip)
        .filter(field -> !field.isEmpty())
        .forEach(field -> {
          int equals = field.indexOf('=');
          if (equals < 1) {
            throw new SettingException(
                "connection-string", " is not fields like AccountName=... between semicolons");
          }
          fields.put(field.substring(0, equals), field.substring(equals + 1));
        });
    return fields;
  }

  private Optional<String> atStart(String name) {
    return Optional.ofNullable(atStart.get(name));
  }

  Optional<String> account() {
    return atStart("AccountName");
  }

  Optional<URI> endpoint() {
    return atStart("BlobEndpoint")
        .or(() ->
            account()
                .map(name ->
                    "%s://%s.blob.%s"
                        .formatted(
                            atStart("DefaultEndpointsProtocol").orElse("https"),
                            name,
                            atStart("EndpointSuffix").orElse("core.windows.net"))))
        .map(ConnectionString::address);
  }

  private static URI address(String text) {
    try {
      var address = URI.create(text);
      if (text.matches("https?://.*") && address.getHost() != null && address.getQuery() == null) {
        return address;
      }
    } catch (IllegalArgumentException _) {
      // The text may hold a signature: it is not repeated.
    }
    throw new SettingException("connection-string", " has no address like https://host");
  }

  boolean hasKey() {
    return atStart("AccountKey").isPresent();
  }

  boolean hasSas() {
    return atStart("SharedAccessSignature").isPresent();
  }

  /** Returns the key as it is now; empty text if there is none any more. */
  String key() {
    return parsed(secret.reveal()).getOrDefault("AccountKey", "");
  }

  /** Returns the SAS token as it is now; empty text if there is none any more. */
  String sas() {
    return parsed(secret.reveal()).getOrDefault("SharedAccessSignature", "");
  }
}
