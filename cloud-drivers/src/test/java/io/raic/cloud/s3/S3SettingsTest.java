package io.raic.cloud.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.settings.SettingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

class S3SettingsTest {
  private static Map<String, String> given(String... more) {
    var settings = new HashMap<String, String>();
    settings.put("bucket", "the-bucket");
    settings.put("region", "eu-central-1");
    for (String pair : more) {
      String[] both = pair.split("=", 2);
      settings.put(both[0], both[1]);
    }
    return settings;
  }

  @ParameterizedTest
  @CsvSource({
    "region=, region",
    "bucket=a/b, bucket",
    "prefix=/a, prefix",
    "prefix=a//b, prefix",
    "region=a b, region",
    "path-style=maybe, path-style",
    "storage-class=A B, storage-class",
    "conditional-writes=some, conditional-writes",
    "checksum=sha, checksum",
    "endpoint=s3.example.org, endpoint",
    "access-key-id=a, secret-access-key",
    "secret-access-key=a, access-key-id",
    "session-token=a, access-key-id",
    "external-id=a, role-arn",
    "session-token-end=soon, session-token-end"
  })
  void whatMakesNoSenseIsRefusedByItsName(String pair, String name) {
    assertThatThrownBy(() -> Backends.open(Driver.S3, "test", given(pair)))
        .isInstanceOfSatisfying(
            SettingException.class, e -> assertThat(e.setting()).isEqualTo(name));
  }

  @ParameterizedTest
  @CsvSource({
    "prefix=, s3://the-bucket/",
    "prefix=a/b, s3://the-bucket/a/b/",
    "prefix=a/b/, s3://the-bucket/a/b/",
    "endpoint=https://s3.example.org:8443/, https://s3.example.org:8443/the-bucket/"
  })
  void thePlaceIsToldInWords(String pair, String words) {
    try (var store = Backends.open(Driver.S3, "test", given(pair))) {
      assertThat(store.location()).isEqualTo(words);
    }
  }

  @Test
  void theEndOfATokenIsTold() {
    var settings =
        given(
            "access-key-id=a",
            "secret-access-key=b",
            "session-token=c",
            "session-token-end=2030-01-31T12:00:00Z");
    try (var store = Backends.open(Driver.S3, "test", settings)) {
      assertThat(store.credentialsEnd()).contains(Instant.parse("2030-01-31T12:00:00Z"));
    }
  }

  @Test
  void credentialsThatWereRefusedAreHadAnewOnceInAWhile() {
    var made = new ArrayList<AwsCredentialsProvider>();
    var credentials =
        new S3Credentials(
            () -> {
              int number = made.size();
              AwsCredentialsProvider provider =
                  () -> AwsBasicCredentials.create("key" + number, "secret");
              made.add(provider);
              return provider;
            },
            "somewhere",
            Optional.empty());
    assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("key0");
    assertThat(credentials.renew()).isTrue();
    assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("key1");
    assertThat(credentials.renew()).isFalse();
    assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("key1");
  }
}
