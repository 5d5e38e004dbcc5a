package io.raic.cloud.azure;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.settings.Setting;
import io.raic.cloud.settings.Setting.Kind;
import io.raic.cloud.settings.SettingException;
import io.raic.cloud.settings.Settings;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How a container of Azure Blob Storage is configured. */
public final class AzureDriver {
  private static final String CRC64 = "crc64";

  /** What it can be told. */
  public static final List<Setting> SETTINGS =
      Stream.concat(
              Stream.of(
                  Setting.required("container", Kind.TEXT, "the container, which is there already"),
                  Setting.optional(
                      "account",
                      Kind.TEXT,
                      "the storage account; not needed with a connection string"),
                  Setting.optional(
                      "endpoint",
                      Kind.ADDRESS,
                      "the address of the blobs, if it is not"
                          + " https://ACCOUNT.blob.core.windows.net"),
                  Setting.withDefault(
                      "prefix", Kind.TEXT, "", "what all names in the container begin with"),
                  Setting.optional(
                      "access-tier",
                      Kind.TEXT,
                      "Hot, Cool or Cold, for new blobs; otherwise what the account says"),
                  Setting.withDefault(
                      "checksum",
                      Kind.TEXT,
                      CRC64,
                      "what the service checks of all that is sent: crc64, or none")),
              AzureCredentials.SETTINGS.stream())
          .toList();

  private static final Pattern CONTAINER = Pattern.compile("(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}");

  private AzureDriver() {}

  /** Returns the store; nothing is asked of it yet. */
  public static CloudBackend open(String id, Settings settings) {
    return open(id, settings, Clock.systemUTC());
  }

  static CloudBackend open(String id, Settings settings, Clock clock) {
    var connection = settings.findSecret("connection-string").map(ConnectionString::of);
    var account = settings.find("account").or(() -> connection.flatMap(ConnectionString::account));
    account
        .filter(name -> !ACCOUNT.matcher(name).matches())
        .ifPresent(name -> {
          throw new SettingException("account", " is not 3 to 24 small letters and digits");
        });
    var endpoint = endpoint(settings, account, connection);
    var container = settings.text("container");
    if (!CONTAINER.matcher(container).matches()) {
      throw new SettingException(
          "container", " is not 3 to 63 small letters, digits and single dashes");
    }
    var place =
        new AzurePlace(
            prefix(settings),
            accessTier(settings),
            settings.oneOf("checksum", List.of(CRC64, "none")).equals(CRC64));
    var credential = AzureCredentials.of(settings, account, endpoint, connection, clock);
    var address = URI.create("%s/%s".formatted(endpoint, container));
    var location = "%s/%s".formatted(address, place.prefix()).replaceFirst("/$", "");
    return new AzureBackend(id, location, new AzureClient(id, address, credential, clock), place);
  }

  private static URI endpoint(
      Settings settings, Optional<String> account, Optional<ConnectionString> connection) {
    return settings
        .findAddress("endpoint")
        .or(() -> connection.flatMap(ConnectionString::endpoint))
        .or(() ->
            account.map(name -> URI.create("https://%s.blob.core.windows.net".formatted(name))))
        .map(address -> URI.create(address.toString().replaceFirst("/+$", "")))
        .orElseThrow(() -> new SettingException("account", " is missing, and so is an endpoint"));
  }

  private static String prefix(Settings settings) {
    var text = settings.text("prefix").replaceFirst("/$", "");
    if (!text.isEmpty() && !ObjectKey.isValid(text)) {
      throw new SettingException(
          "prefix", " is not parts like a-Z0-9._- between slashes, none beginning with a dot");
    }
    return text.isEmpty() ? "" : text + "/";
  }

  private static Optional<String> accessTier(Settings settings) {
    return settings
        .find("access-tier")
        .map(_ -> settings.oneOf("access-tier", List.of("Hot", "Cool", "Cold")));
  }
}
