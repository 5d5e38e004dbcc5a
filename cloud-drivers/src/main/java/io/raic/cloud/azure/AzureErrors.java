package io.raic.cloud.azure;

import io.raic.cloud.BackendException;
import io.raic.cloud.BackendException.AccessDenied;
import io.raic.cloud.BackendException.OutOfSpace;
import io.raic.cloud.BackendException.PreconditionFailed;
import io.raic.cloud.BackendException.Throttled;
import io.raic.cloud.BackendException.Unavailable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes of an answer that is an error one of the few kinds there are, in plain words.
 *
 * <p>Only the status and headers are read: the body repeats the code, and may repeat what was
 * signed.
 *
 * @see <a
 *     href="https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes">Codes</a>
 */
final class AzureErrors {
  /** The service takes no request whose date is further from its own. */
  private static final Duration MOST_SKEW = Duration.ofMinutes(15);

  private static final Duration LONGEST_WAIT = Duration.ofDays(1);
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9]{1,64}");

  private AzureErrors() {}

  /**
   * Returns the error that {@code answer} is.
   *
   * @param credential what the request was signed with
   * @param now by this machine's clock
   */
  static BackendException of(AzureAnswer answer, AzureCredential credential, Instant now) {
    var request = answer.request();
    var code = CODE.matcher(answer.code()).matches() ? answer.code() : "";
    int status = answer.status();
    var named = code.isEmpty() ? "status %d".formatted(status) : "%d %s".formatted(status, code);
    if (status == 507 || code.endsWith("QuotaExceeded") || code.endsWith("CapacityExceeded")) {
      return new OutOfSpace(request, "the storage account is full (%s)".formatted(named));
    }
    if (status == 401 || status == 403) {
      return new AccessDenied(request, "%s (%s)".formatted(denial(answer, credential, now), named));
    }
    return switch (code) {
      case "ServerBusy", "OperationTimedOut" ->
          new Throttled(request, "the service is busy (%s)".formatted(named), wait(answer, now));
      case "BlobAlreadyExists" -> new PreconditionFailed(request, "the object is there already");
      case "ConditionNotMet", "TargetConditionNotMet" ->
          new PreconditionFailed(request, "the object is another version, or is not there");
      case "Crc64Mismatch", "Md5Mismatch" ->
          new Unavailable(request, "bytes were changed on their way (%s)".formatted(named));
      case "BlobBeingRehydrated", "ContainerBeingDeleted", "ContainerBeingCreated" ->
          new Unavailable(request, "not for now (%s)".formatted(named));
      default -> ofStatus(answer, code, named, now);
    };
  }

  private static BackendException ofStatus(
      AzureAnswer answer, String code, String named, Instant now) {
    var request = answer.request();
    int status = answer.status();
    return switch (status) {
      case 429 ->
          new Throttled(request, "too many requests (%s)".formatted(named), wait(answer, now));
      case 503 ->
          answer.header("retry-after").isPresent()
              ? new Throttled(
                  request, "the service is busy (%s)".formatted(named), wait(answer, now))
              : new Unavailable(request, "the service does not work (%s)".formatted(named));
      case 400, 404, 405, 409, 411, 412, 413, 414, 415, 416, 431 ->
          // Without a word of its own it may be anybody's answer, such as a proxy's.
          code.isEmpty()
              ? new Unavailable(request, "this is not Azure's answer (%s)".formatted(named))
              : new AccessDenied(request, "%s (%s)".formatted(refusal(code), named));
      default -> new Unavailable(request, "the service does not work (%s)".formatted(named));
    };
  }

  /** What stays so until somebody changes something, but is no question of rights. */
  private static String refusal(String code) {
    return switch (code) {
      case "ContainerNotFound" -> "there is no such container: make it, or correct its name";
      case "ContainerDisabled" -> "the container is disabled";
      case "ResourceNotFound" -> "there is no such account or container";
      case "BlobImmutableDueToPolicy" -> "an immutability policy or a legal hold keeps the blob";
      case "LeaseIdMissing", "LeaseIdMismatchWithBlobOperation" ->
          "somebody holds a lease on the blob";
      case "BlobArchived" -> "the blob is in the archive tier: set it to another one first";
      case "InvalidBlobTier",
          "AccessTierNotSupportedForBlobType",
          "BlobAccessTierNotSupportedForAccountType" ->
          "this account does not have that access tier";
      case "PublicAccessNotPermitted" -> "the request showed no credential";
      case "FeatureVersionMismatch", "UnsupportedHeader" ->
          "the account does not have what is asked for";
      case "InvalidBlobType" -> "the blob is not a block blob: something else wrote it";
      case "BlockCountExceedsLimit" -> "too many abandoned blocks: they vanish after a week";
      default -> "the service refuses the request";
    };
  }

  private static String denial(AzureAnswer answer, AzureCredential credential, Instant now) {
    if (credential.end().filter(end -> !end.isAfter(now)).isPresent()) {
      return credential.whyDoubted(now);
    }
    return switch (answer.code()) {
      case "AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation" ->
          skew(answer, now)
              .map(skew -> "this machine's clock is wrong by %s: set it".formatted(minutes(skew)))
              .orElseGet(() -> credential.whyDoubted(now));
      case "AuthorizationPermissionMismatch" ->
          credential instanceof SasToken
              ? "the SAS token does not allow this: it needs racwdl and a container (sr=c)"
              : "a role is missing: give Storage Blob Data Contributor on the container, and wait"
                  + " some minutes";
      case "AuthorizationFailure" ->
          "the account's network rules keep this machine out, or the credential does not allow this";
      case "AuthorizationSourceIPMismatch" -> "the SAS token is for other addresses than this one";
      case "AuthorizationProtocolMismatch" -> "the SAS token wants https";
      case "AuthorizationResourceTypeMismatch", "AuthorizationServiceMismatch" ->
          "the SAS token is for something else: it needs blobs, containers and objects";
      case "KeyBasedAuthenticationNotPermitted" ->
          "the account does not allow keys: use Microsoft Entra";
      case "AccountIsDisabled" -> "the storage account is disabled";
      case "InsufficientAccountPermissions" -> "the account does not allow this";
      default -> "the service does not allow it";
    };
  }

  private static Optional<Duration> skew(AzureAnswer answer, Instant now) {
    return answer
        .header("date")
        .flatMap(AzureErrors::date)
        .map(date -> Duration.between(date, now).abs())
        .filter(skew -> skew.compareTo(MOST_SKEW) > 0);
  }

  private static String minutes(Duration time) {
    return time.toMinutes() + " minutes";
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Returns how long the service wants to be left alone; zero if it does not say. */
  static Duration wait(AzureAnswer answer, Instant now) {
    return answer
        .header("x-ms-retry-after-ms")
        .or(() -> answer.header("retry-after-ms"))
        .flatMap(AzureAnswer::count)
        .map(Duration::ofMillis)
        .or(() -> answer.header("retry-after").flatMap(AzureAnswer::count).map(Duration::ofSeconds))
        .or(() ->
            answer
                .header("retry-after")
                .flatMap(AzureErrors::date)
                .map(date -> Duration.between(now, date)))
        .filter(Duration::isPositive)
        .map(wait -> wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT)
        .orElse(Duration.ZERO);
  }
}
