package io.raic.cloud.s3;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.settings.Setting;
import io.raic.cloud.settings.Setting.Kind;
import io.raic.cloud.settings.SettingException;
import io.raic.cloud.settings.Settings;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** How a bucket is configured. */
public final class S3Driver {
  /** What it can be told. */
  public static final List<Setting> SETTINGS =
      List.of(
          Setting.required("bucket", Kind.TEXT, "the bucket, which has to be there"),
          Setting.optional(
              "region", Kind.TEXT, "where the bucket is, such as eu-central-1; needed for Amazon"),
          Setting.optional(
              "endpoint", Kind.ADDRESS, "the server, such as https://s3.example.org; not Amazon's"),
          Setting.optional("prefix", Kind.TEXT, "what stands before each name, such as raic"),
          Setting.withDefault(
              "path-style",
              Kind.TEXT,
              "auto",
              "whether the bucket is in the path and not in the host name: true, false or auto,"
                  + " which is true where an endpoint is given"),
          Setting.optional("storage-class", Kind.TEXT, "of each object, such as STANDARD_IA"),
          Setting.withDefault(
              "conditional-writes",
              Kind.TEXT,
              "full",
              "the most that is believed of the server, which is tried out all the same: full,"
                  + " create-only or none"),
          Setting.withDefault(
              "checksum",
              Kind.TEXT,
              "auto",
              "what protects bytes on their way: crc32c, md5, none or auto, which finds out"),
          Setting.optional("access-key-id", Kind.TEXT, "who uses the bucket"),
          Setting.optional("secret-access-key", Kind.SECRET, "the secret that belongs to it"),
          Setting.optional("session-token", Kind.SECRET, "for a key that is valid for a while"),
          Setting.optional(
              "session-token-end",
              Kind.TEXT,
              "when that ends, such as 2030-01-31T12:00:00Z, to be warned before"),
          Setting.optional("profile", Kind.TEXT, "a profile of the AWS files, in place of a key"),
          Setting.optional("role-arn", Kind.TEXT, "a role to be assumed"),
          Setting.optional("external-id", Kind.TEXT, "what the role's owner demands for that"));

  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** What a server that is not Amazon's is told, which as a rule does not look at it. */
  private static final String ANY_REGION = "us-east-1";

  private S3Driver() {}

  /** Returns the store; nothing is asked of it yet. */
  public static CloudBackend open(String id, Settings settings) {
    return open(id, settings, Clock.systemUTC());
  }

  /** Returns the store as seen by a machine with this clock. */
  static CloudBackend open(String id, Settings settings, Clock clock) {
    var place = place(settings);
    var options = options(settings);
    boolean usesPath =
        switch (settings.oneOf("path-style", List.of("auto", "true", "false"))) {
          case "true" -> true;
          case "false" -> false;
          // A dot in the bucket's name would not match the server's certificate.
          default -> place.endpoint().isPresent() || place.bucket().contains(".");
        };
    var credentials = S3CredentialSettings.read(settings, Region.of(place.region()));
    var wire = new S3Wire();
    var builder =
        S3Client.builder()
            .httpClient(wire)
            .region(Region.of(place.region()))
            .credentialsProvider(credentials)
            .putAuthScheme(new S3Signing(clock))
            .forcePathStyle(usesPath)
            .disableS3ExpressSessionAuth(true)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(c -> c.chunkedEncodingEnabled(false).expectContinueEnabled(false))
            .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()));
    place.endpoint().ifPresent(builder::endpointOverride);
    var calls = new S3Calls(id, builder.build(), wire, credentials, new S3Errors(place, clock));
    boolean isEncrypted = place.endpoint().map(URI::getScheme).orElse("https").equals("https");
    return new S3Backend(id, place, options, isEncrypted, calls);
  }

  private static S3Place place(Settings settings) {
    var endpoint = settings.findAddress("endpoint");
    String bucket = settings.text("bucket");
    if (!BUCKET.matcher(bucket).matches()) {
      throw new SettingException("bucket", " is no name of a bucket");
    }
    var region = settings.find("region").or(() -> endpoint.map(_ -> ANY_REGION));
    if (region.isEmpty()) {
      throw new SettingException("region", " is missing, and so is endpoint");
    }
    return new S3Place(endpoint, word("region", region.get()), bucket, prefix(settings));
  }

  private static String prefix(Settings settings) {
    String given = settings.find("prefix").orElse("");
    String prefix = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
    if (prefix.isEmpty()) {
      return "";
    }
    if (!ObjectKey.isValid(prefix)) {
      throw new SettingException(
          "prefix", " is not made of letters, digits, dots, dashes and slashes in between");
    }
    return prefix + "/";
  }

  private static S3Options options(Settings settings) {
    var conditions =
        S3Options.Conditions.valueOf(
            constant(settings.oneOf("conditional-writes", List.of("full", "create-only", "none"))));
    var sum =
        Optional.of(settings.oneOf("checksum", List.of("auto", "crc32c", "md5", "none")))
            .filter(word -> !word.equals("auto"))
            .map(word -> S3Abilities.Sum.valueOf(constant(word)));
    var storageClass = settings.find("storage-class").map(text -> word("storage-class", text));
    return new S3Options(storageClass, conditions, sum);
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static String word(String name, String text) {
    if (!WORD.matcher(text).matches()) {
      throw new SettingException(name, " is not made of letters, digits and dashes");
    }
    return text;
  }
}
