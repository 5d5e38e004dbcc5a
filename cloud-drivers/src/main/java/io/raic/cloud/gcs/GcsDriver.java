package io.raic.cloud.gcs;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.settings.Setting;
import io.raic.cloud.settings.SettingException;
import io.raic.cloud.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How a bucket of Google Cloud Storage is configured. */
public final class GcsDriver {
  /** What is sent in one request: a multiple of the 256 KiB that the service wants. */
  public static final int PART_BYTES = 8 << 20;

  /** What it can be told. */
  public static final List<Setting> SETTINGS =
      List.of(
          Setting.required("bucket", Setting.Kind.TEXT, "the bucket, which exists"),
          Setting.optional(
              "prefix", Setting.Kind.TEXT, "what all names begin with, such as raic/one"),
          Setting.optional(
              "credentials",
              Setting.Kind.SECRET,
              "a key file of a service account, a workload identity file, or any other that Google's"
                  + " tools write; without it the application default credentials are used"),
          Setting.optional(
              "token",
              Setting.Kind.SECRET,
              "an access token in place of credentials; in a file it is read anew when it is over"),
          Setting.withDefault(
              "anonymous", Setting.Kind.FLAG, "false", "no credentials at all, for emulators"),
          Setting.withDefault(
              "endpoint",
              Setting.Kind.ADDRESS,
              "https://storage.googleapis.com",
              "where the service answers"),
          Setting.optional(
              "project",
              Setting.Kind.TEXT,
              "the project that pays for the requests, where the bucket wants that"),
          Setting.optional(
              "storage-class",
              Setting.Kind.TEXT,
              "STANDARD, NEARLINE, COLDLINE or ARCHIVE in place of the bucket's own"));

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._/-]{0,400}");
  private static final Pattern PROJECT = Pattern.compile("[a-z0-9.:-]{4,100}");
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final List<String> CLASSES =
      List.of("STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE");

  private GcsDriver() {}

  /** Returns the store; nothing is sent or read yet. */
  public static CloudBackend open(String id, Settings settings) {
    String bucket = matching(settings, "bucket", BUCKET).orElseThrow();
    String prefix = matching(settings, "prefix", PREFIX).orElse("");
    var place =
        new GcsPlace(
            settings.findAddress("endpoint").orElseThrow(),
            bucket,
            prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/",
            matching(settings, "project", PROJECT),
            storageClass(settings));
    var credentials = credentials(settings);
    requireTls(place, credentials);
    return new GcsBackend(id, place, credentials);
  }

  /** A token can be used by whoever reads it on its way. */
  private static void requireTls(GcsPlace place, GcsCredentials credentials) {
    if (!place.endpoint().getScheme().equals("https")
        && !(credentials instanceof GcsCredentials.None)
        && !THIS_MACHINE.contains(place.endpoint().getHost())) {
      throw new SettingException("endpoint", " is without TLS: tokens would be read");
    }
  }

  private static Optional<String> matching(Settings settings, String name, Pattern pattern) {
    var text = settings.find(name);
    if (text.isPresent() && !pattern.matcher(text.orElseThrow()).matches()) {
      throw new SettingException(name, " has characters that it cannot have, or is too long");
    }
    return text;
  }

  private static Optional<String> storageClass(Settings settings) {
    return settings.find("storage-class").isEmpty()
        ? Optional.empty()
        : Optional.of(settings.oneOf("storage-class", CLASSES));
  }

  private static GcsCredentials credentials(Settings settings) {
    var key = settings.findSecret("credentials");
    var token = settings.findSecret("token");
    boolean isAnonymous = settings.flag("anonymous");
    if ((key.isPresent() && token.isPresent())
        || (isAnonymous && (key.isPresent() || token.isPresent()))) {
      throw new SettingException(
          "credentials", " and token exclude each other, and anonymous excludes both");
    }
    if (isAnonymous) {
      return new GcsCredentials.None();
    }
    return key.<GcsCredentials>map(GcsCredentials.File::new)
        .or(() -> token.map(GcsCredentials.Token::new))
        .orElseGet(GcsCredentials.ApplicationDefault::new);
  }
}
