package io.raic.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.BackendException;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
  /** Its name is none of the words that are looked for. */
  private static final Request REQUEST = Request.of("region-clock-ssl", Operation.PROBE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RequestTimeTooSkewed | check the clock",
        "the clock of this machine is 1000 s fast: RequestTimeTooSkewed (403) | check the clock",
        "there is no bucket shares: NoSuchBucket (404) | no such bucket",
        "bucket shares does not exist, or is not to be seen | no such bucket",
        "container shares does not exist | no such bucket",
        "the bucket is in region us-east-1, not in eu-central-1 | the region",
        "the SAS token does not allow this: it needs racwdl | give it the permission",
        "a role is missing: give Storage Blob Data Contributor | give it the permission",
        "no permission (s3:PutObject): AccessDenied (403) | give it the permission",
        "the SAS token has ended at 2026-01-01T00:00:00Z | the credentials",
        "Box does not know the client id with this secret | the credentials",
        "Keystone refused the credentials of raic | the credentials",
        "InvalidAccessKeyId | the credentials",
        "SignatureDoesNotMatch | the credentials",
        "ExpiredToken: the token has expired | the credentials",
        "401 Unauthorized | the credentials",
        "AuthorizationHeaderMalformed: expecting eu-central-1 | the region",
        "AccessDenied | give it the permission",
        "AuthorizationPermissionMismatch | give it the permission",
        "403 storage.objects.create | give it the permission",
      })
  void aRefusalIsOfCredentialsClockRegionOrPermission(String words, String advice) {
    assertThat(Diagnosis.of(new BackendException.AccessDenied(REQUEST, words))).contains(advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NoSuchBucket | no such bucket",
        "ContainerNotFound | no such bucket",
        "301 PermanentRedirect | the region",
        "connect timed out | cannot be reached",
        "its directory is in use by another gateway | stop it",
        "raic is missing; is its disk there? | mount the disk",
        "500 | it may work again later",
      })
  void aFailureIsOfTheBucketTheNetworkOrThePlace(String words, String advice) {
    assertThat(Diagnosis.of(new BackendException.Unavailable(REQUEST, words))).contains(advice);
  }

  @Test
  void theNameOfARequestTellsNothing() {
    assertThat(Diagnosis.of(new BackendException.AccessDenied(REQUEST.named("401-tls"), "403")))
        .contains("give it the permission");
  }

  @Test
  void causesTellTooAndAreNotShown() {
    var host = new UnknownHostException("s3.hunter2.example");
    assertThat(of(host)).contains("no host of this name").doesNotContain("hunter2");
    assertThat(of(new ConnectException("Connection refused"))).contains("cannot be reached");
    assertThat(of(new IOException(new SSLHandshakeException("PKIX path building failed"))))
        .contains("cannot be made secure");
  }

  private static String of(Exception cause) {
    return Diagnosis.of(new BackendException.Unavailable(REQUEST, "failed", cause));
  }

  @Test
  void aThrottleTellsWhenToTryAgain() {
    assertThat(Diagnosis.of(new BackendException.Throttled(REQUEST, "x", Duration.ofSeconds(9))))
        .contains("try again in 10 s");
    assertThat(Diagnosis.of(new BackendException.Throttled(REQUEST, "x", Duration.ZERO)))
        .contains("try again later");
  }
}
