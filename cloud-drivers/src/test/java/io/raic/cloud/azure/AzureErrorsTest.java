package io.raic.cloud.azure;

import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raic.cloud.BackendException;
import io.raic.cloud.BackendException.AccessDenied;
import io.raic.cloud.BackendException.Corrupt;
import io.raic.cloud.BackendException.OutOfSpace;
import io.raic.cloud.BackendException.PreconditionFailed;
import io.raic.cloud.BackendException.Throttled;
import io.raic.cloud.BackendException.Unavailable;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.azure.FakeAzure.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureErrorsTest {
  private static final ObjectKey KEY = ObjectKey.of("a");

  /** Returns what a store says whose every request is answered so. */
  private static BackendException errorOf(Answer answer) {
    try (var azure = new FakeAzure(_ -> answer);
        var store = azure.openWithKey()) {
      return catchThrowableOfType(
          BackendException.class, () -> store.stat(KEY, Deadline.in(Duration.ofMillis(300))));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, AuthenticationFailed, the account key is not one of the account's",
    "403, AuthorizationPermissionMismatch, Storage Blob Data Contributor",
    "403, AuthorizationFailure, network rules",
    "403, AccountIsDisabled, the storage account is disabled",
    "403, KeyBasedAuthenticationNotPermitted, use Microsoft Entra",
    "403, SomethingNew, the service does not allow it",
    "404, ContainerNotFound, there is no such container",
    "404, ResourceNotFound, there is no such account or container",
    "409, BlobImmutableDueToPolicy, an immutability policy",
    "409, BlobArchived, archive tier",
    "412, LeaseIdMissing, a lease",
    "400, InvalidHeaderValue, refuses the request"
  })
  void whatSomebodyHasToChangeIsDeniedInPlainWords(int status, String code, String words) {
    assertThat(errorOf(Answer.error(status, code)))
        .isInstanceOf(AccessDenied.class)
        .hasMessageStartingWith("az: stat: ")
        .hasMessageContaining(words)
        .hasMessageContaining("(%d %s)".formatted(status, code))
        .hasMessageEndingWith("(request r-1)")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "503, ServerBusy, retry-after, 9, 9000",
    "500, OperationTimedOut, retry-after, 9, 9000",
    "429, TooManyRequests, retry-after, 9, 9000",
    "503, ServerBusy, x-ms-retry-after-ms, 1500, 1500",
    "503, '', retry-after, 0, 0",
    "429, '', retry-after, soon, 0",
    "429, '', retry-after, -5, 0",
    "429, '', retry-after, 999999999999999999, 86400000",
    "429, '', retry-after, 'Wed, 21 Oct 2015 07:28:00 GMT', 0"
  })
  void aBusyServiceSaysWhenItWantsToBeAskedAgain(
      int status, String code, String header, String value, long millis) {
    assertThat(errorOf(Answer.error(status, code).with(header, value)))
        .isInstanceOfSatisfying(
            Throttled.class, e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofMillis(millis)));
  }

  @ParameterizedTest
  @CsvSource({
    "500, InternalError",
    "503, ''",
    "504, ''",
    "404, ''",
    "301, ''",
    "409, BlobBeingRehydrated",
    "400, Crc64Mismatch"
  })
  void whatPassesIsUnavailability(int status, String code) {
    var answer = Answer.error(status, code);
    // Not Azure's: there is no request id.
    var anybodys = new Answer(status, Map.of(), "");
    assertThat(errorOf(code.isEmpty() ? anybodys : answer)).isInstanceOf(Unavailable.class);
  }

  @ParameterizedTest
  @CsvSource({"507, ''", "403, AccountQuotaExceeded", "409, ContainerQuotaExceeded"})
  void aFullAccountIsOutOfSpace(int status, String code) {
    assertThat(errorOf(Answer.error(status, code))).isInstanceOf(OutOfSpace.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-20, 20})
  void aWrongClockIsCalledThat(long minutes) {
    var wrong = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes));
    try (var azure = new FakeAzure(_ -> Answer.error(403, "AuthenticationFailed"));
        var store = azure.open(Map.of("account", "acc", "account-key", FakeAzure.KEY), wrong)) {
      assertThatThrownBy(() -> store.stat(KEY, soon()))
          .isInstanceOf(AccessDenied.class)
          .hasMessageMatching(".*clock is wrong by (19|20) minutes.*");
    }
  }

  @Test
  void theServicesWordsAreKeptOutOfTheErrors() {
    var answer =
        new Answer(403, Map.of("x-ms-error-code", "Oops\tsig=abc"), "<Error>sig=abc</Error>");
    assertThat(errorOf(answer)).hasMessageNotContaining("sig").hasMessageContaining("status 403");
  }

  @Test
  void aConditionThatDoesNotHoldIsOne() {
    try (var azure = new FakeAzure(_ -> Answer.error(412, "ConditionNotMet"));
        var store = azure.openWithKey()) {
      assertThatThrownBy(() -> put(store, KEY, new byte[3], Precondition.absent()))
          .isInstanceOf(PreconditionFailed.class);
      assertThat(azure.asked()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, '', ''",
    "206, 'bytes 0-4/10', '\"0x1\"'",
    "206, 'bytes 2-5/10', '\"0x1\"'",
    "206, 'bytes 2-4/4', '\"0x1\"'",
    "206, 'bytes 2-4/10', ''",
    "206, '', '\"0x1\"'",
    "200, '', '\"0x1\"'"
  })
  void anAnswerThatIsNotWhatWasAskedIsCorrupt(int status, String range, String etag) {
    var headers = Map.of("content-range", range, "etag", etag);
    try (var azure = new FakeAzure(_ -> new Answer(status, headers, "abc"));
        var store = azure.openWithKey()) {
      assertThatThrownBy(() -> store.get(KEY, new ByteRange(2, 5), soon()))
          .isInstanceOf(Corrupt.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html/>",
        "<EnumerationResults>",
        "<EnumerationResults><Blobs><Blob><Name>a</Name></Blob></Blobs></EnumerationResults>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><EnumerationResults>&e;"
            + "</EnumerationResults>"
      })
  void aListingThatIsNoneIsCorrupt(String xml) {
    try (var azure = new FakeAzure(_ -> new Answer(200, Map.of(), xml));
        var store = azure.openWithKey()) {
      assertThatThrownBy(() -> store.list("", Optional.empty(), 10, soon()))
          .isInstanceOf(Corrupt.class);
    }
  }

  private static String listing(String marker, String... names) {
    var xml = new StringBuilder("\uFEFF<?xml version=\"1.0\"?><EnumerationResults><Blobs>");
    for (String name : names) {
      xml.append(
          "<Blob><Name>%s</Name><Properties><Etag>0x1</Etag><Content-Length>7</Content-Length>"
                  .formatted(name)
              + "</Properties></Blob>");
    }
    return xml + "</Blobs><NextMarker>%s</NextMarker></EnumerationResults>".formatted(marker);
  }

  @Test
  void aListingOutOfOrderIsCorrupt() {
    try (var azure = new FakeAzure(_ -> new Answer(200, Map.of(), listing("", "b", "a")));
        var store = azure.openWithKey()) {
      assertThatThrownBy(() -> store.list("", Optional.empty(), 10, soon()))
          .isInstanceOf(Corrupt.class)
          .hasMessageContaining("hierarchical namespace");
    }
  }

  @Test
  void aPageThatBeginsBeforeTheEndOfTheLastIsCorrupt() {
    try (var azure =
            new FakeAzure(asked ->
                new Answer(
                    200,
                    Map.of(),
                    asked.query().contains("marker=m1")
                        ? listing("", "b", "c")
                        : listing("m1", "a", "b")));
        var store = azure.openWithKey()) {
      var first = store.list("", Optional.empty(), 10, soon());
      assertThatThrownBy(() -> store.list("", first.next(), 10, soon()))
          .isInstanceOf(Corrupt.class);
    }
  }

  @Test
  void pagesWithoutObjectsOfOursArePassedOver() {
    try (var azure =
            new FakeAzure(asked ->
                new Answer(
                    200,
                    Map.of(),
                    asked.query().contains("marker=m2")
                        ? listing("", "b")
                        : asked.query().contains("marker=m1")
                            ? listing("m2")
                            : listing("m1", ".raic-probe", "a b")));
        var store = azure.openWithKey()) {
      var page = store.list("", Optional.empty(), 10, soon());
      assertThat(page.objects()).extracting(info -> info.key().text()).containsExactly("b");
      assertThat(page.next()).isEmpty();
    }
  }

  @Test
  void aMarkerThatDoesNotGoOnIsCorrupt() {
    try (var azure = new FakeAzure(_ -> new Answer(200, Map.of(), listing("m1")));
        var store = azure.openWithKey()) {
      assertThatThrownBy(() -> store.list("", Optional.empty(), 10, soon()))
          .isInstanceOf(Corrupt.class);
    }
  }
}
