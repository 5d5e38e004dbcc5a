package io.raic.cloud.s3;

import io.raic.cloud.settings.SettingException;
import io.raic.cloud.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Which credentials are configured: a key, a profile, or what the SDK finds around it. */
final class S3CredentialSettings {
  /** What getting a role takes at most; it is asked for ahead of time, as a rule. */
  private static final Duration ROLE_CALL = Duration.ofSeconds(20);

  private static final String SESSION = "raic";

  private S3CredentialSettings() {}

  static S3Credentials read(Settings settings, Region region) {
    boolean hasKey = settings.has("access-key-id");
    if (hasKey != settings.has("secret-access-key")) {
      throw new SettingException(
          hasKey ? "secret-access-key" : "access-key-id", " is missing beside the other one");
    }
    if (hasKey && settings.has("profile")) {
      throw new SettingException("profile", " is given, and a key too");
    }
    if (settings.has("session-token") && !hasKey) {
      throw new SettingException("access-key-id", " is missing beside the session token");
    }
    if (settings.has("external-id") && !settings.has("role-arn")) {
      throw new SettingException("role-arn", " is missing beside external-id");
    }
    var end = end(settings);
    var base = base(settings);
    String words =
        hasKey
            ? "the key of the configuration"
            : settings
                .find("profile")
                .map(name -> "profile " + name)
                .orElse("the environment, the AWS files or the machine's role");
    return settings
        .find("role-arn")
        .map(role ->
            new S3Credentials(
                () -> role(base, role, settings.find("external-id"), region),
                "the role, by " + words,
                end))
        .orElseGet(() -> new S3Credentials(base, words, end));
  }

  private static Optional<Instant> end(Settings settings) {
    return settings
        .find("session-token-end")
        .map(text -> {
          try {
            return Instant.parse(text);
          } catch (DateTimeParseException _) {
            throw new SettingException(
                "session-token-end", " is not a time like 2030-01-31T12:00:00Z");
          }
        });
  }

  private static Supplier<AwsCredentialsProvider> base(Settings settings) {
    if (settings.has("access-key-id")) {
      String id = settings.text("access-key-id");
      var secret = settings.secret("secret-access-key");
      var token = settings.findSecret("session-token");
      // Asked for at each request: files may change.
      return () ->
          () ->
              token.isPresent()
                  ? AwsSessionCredentials.create(id, secret.reveal(), token.get().reveal())
                  : AwsBasicCredentials.create(id, secret.reveal());
    }
    return settings
        .find("profile")
        .<Supplier<AwsCredentialsProvider>>map(
            name -> () -> ProfileCredentialsProvider.builder().profileName(name).build())
        .orElse(() -> DefaultCredentialsProvider.builder().build());
  }

  private static AwsCredentialsProvider role(
      Supplier<AwsCredentialsProvider> base,
      String role,
      Optional<String> externalId,
      Region region) {
    return new Role(base.get(), role, externalId, region);
  }

  /** A role, with what it is got by, which is closed with it. */
  private static final class Role implements AwsCredentialsProvider, SdkAutoCloseable {
    private final AwsCredentialsProvider base;
    private final StsClient sts;
    private final StsAssumeRoleCredentialsProvider provider;

    Role(AwsCredentialsProvider base, String role, Optional<String> externalId, Region region) {
      this.base = base;
      this.sts =
          StsClient.builder()
              .region(region)
              .credentialsProvider(base)
              .overrideConfiguration(
                  c -> c.apiCallTimeout(ROLE_CALL).retryStrategy(AwsRetryStrategy.doNotRetry()))
              .build();
      this.provider =
          StsAssumeRoleCredentialsProvider.builder()
              .stsClient(sts)
              .refreshRequest(b -> {
                b.roleArn(role).roleSessionName(SESSION);
                externalId.ifPresent(b::externalId);
              })
              .build();
    }

    @Override
    public software.amazon.awssdk.auth.credentials.AwsCredentials resolveCredentials() {
      return provider.resolveCredentials();
    }

    @Override
    public void close() {
      provider.close();
      sts.close();
      if (base instanceof SdkAutoCloseable closeable) {
        closeable.close();
      }
    }
  }
}
