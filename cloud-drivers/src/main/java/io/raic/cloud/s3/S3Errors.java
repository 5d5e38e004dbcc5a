package io.raic.cloud.s3;

import io.raic.cloud.BackendException;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.call.TlsFailure;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What an answer of the server, or a failure to get one, means: said once, in words of our own.
 *
 * <p>Causes are not kept: what the SDK says is long, and names addresses, accounts and roles.
 */
final class S3Errors {
  private static final Set<String> SLOW_DOWN =
      Set.of(
          "SlowDown",
          "TooManyRequests",
          "TooManyRequestsException",
          "RequestLimitExceeded",
          "Throttling",
          "ThrottlingException",
          "RequestThrottled",
          "BandwidthLimitExceeded");

  private static final Set<String> FULL =
      Set.of(
          "QuotaExceeded",
          "InsufficientStorage",
          "InsufficientCapacity",
          "StorageFull",
          "XMinioStorageFull",
          "InsufficientStorageSpace");

  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired");

  /** 4xx, and passing all the same. */
  private static final Set<String> PASSING =
      Set.of(
          "RequestTimeout",
          "BadDigest",
          "InvalidDigest",
          "XAmzContentChecksumMismatch",
          "IncompleteBody",
          "ConditionalRequestConflict",
          "OperationAborted",
          "NoSuchUpload");

  /** Longer than this a store is not left alone on its own word. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private static final int MAX_CHARACTERS = 200;
  private static final Pattern REGION = Pattern.compile("expecting '([a-z0-9-]{1,40})'");

  private final S3Place place;
  private final Clock clock;

  S3Errors(S3Place place, Clock clock) {
    this.place = place;
    this.clock = clock;
  }

  /** Says whether the credentials have ended; an answer without a body may mean that too. */
  static boolean isExpired(S3Exception e) {
    String code = code(e);
    return EXPIRED.contains(code) || (e.statusCode() == 400 && code.isEmpty());
  }

  /** Says whether there is no such object, and not something else missing. */
  static boolean isAbsent(S3Exception e) {
    String code = code(e);
    return e.statusCode() == 404
        && (code.isEmpty() || code.equals("NoSuchKey") || code.equals("NotFound"));
  }

  /** Says whether what was asked for may have been done all the same. */
  static boolean mayBeDone(SdkException e) {
    if (!(e instanceof S3Exception answer)) {
      return true;
    }
    int status = answer.statusCode();
    boolean wantsFewer =
        SLOW_DOWN.contains(code(answer)) || header(answer, "Retry-After").isPresent();
    return !wantsFewer && (status / 100 == 2 || (status >= 500 && status != 501 && status != 507));
  }

  static String code(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .filter(code -> code.matches("[A-Za-z0-9._]{1,80}") && !code.matches("[0-9]+"))
        .orElse("");
  }

  BackendException translate(Request request, S3Call call, RuntimeException e) {
    return switch (e) {
      case S3Exception s3 -> byAnswer(request.named(id(s3)), s3);
      case S3Credentials.Missing missing ->
          missing.canRetryHelp()
              ? new BackendException.Unavailable(request, words(missing))
              : new BackendException.AccessDenied(request, words(missing));
      default -> byFailure(request, call, e);
    };
  }

  private static String words(Throwable e) {
    String text = String.valueOf(e.getMessage()).replaceAll("[^ -~]", "?");
    return text.substring(0, Math.min(text.length(), MAX_CHARACTERS));
  }

  private static String id(S3Exception e) {
    return Objects.requireNonNullElse(e.requestId(), "");
  }

  private static BackendException byFailure(Request request, S3Call call, RuntimeException e) {
    if (call.isCut()) {
      return new BackendException.Unavailable(request, "nothing has come for too long");
    }
    if (Thread.currentThread().isInterrupted()) {
      return new BackendException.Unavailable(request, "interrupted");
    }
    return new BackendException.Unavailable(request, failure(e));
  }

  /** Returns what went wrong below the SDK. */
  static String failure(Throwable e) {
    var tls = TlsFailure.find(e);
    if (tls.isPresent()) {
      return TlsFailure.words(tls.get());
    }
    Throwable deepest = e;
    for (var cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "no such host: " + words(cause);
      }
      if (cause instanceof IOException) {
        deepest = cause;
      }
    }
    return deepest.getClass().getSimpleName() + ": " + words(deepest);
  }

  private BackendException byAnswer(Request request, S3Exception e) {
    int status = e.statusCode();
    String code = code(e);
    String said = code.isEmpty() ? "status " + status : "%s (%d)".formatted(code, status);
    var after = retryAfter(e);
    if (status == 429 || SLOW_DOWN.contains(code) || (status == 503 && after.isPositive())) {
      return new BackendException.Throttled(request, "too many requests: " + said, after);
    }
    if (status == 507 || FULL.contains(code)) {
      return new BackendException.OutOfSpace(request, "the store or its quota is full: " + said);
    }
    if (status == 412) {
      return new BackendException.PreconditionFailed(request, said);
    }
    if (status >= 500 && status != 501) {
      return new BackendException.Unavailable(request, "the server failed: " + said);
    }
    if (status == 408 || status / 100 == 2 || PASSING.contains(code)) {
      return new BackendException.Unavailable(request, said);
    }
    return new BackendException.AccessDenied(request, refusal(request.operation(), e, said));
  }

  private String refusal(Operation operation, S3Exception e, String said) {
    String code = code(e);
    return switch (code) {
      case "InvalidAccessKeyId" -> "the server does not know the access key id: " + said;
      case "SignatureDoesNotMatch" ->
          "the secret access key is wrong, or something between changes requests: " + said;
      case "RequestTimeTooSkewed" -> skew(e) + ": " + said;
      case "InvalidToken", "InvalidClientTokenId" -> "the session token is wrong: " + said;
      case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired" ->
          "the credentials have ended: " + said;
      case "NoSuchBucket" -> "there is no bucket " + place.bucket() + ": " + said;
      case "InvalidObjectState" -> "the object is archived and has to be restored: " + said;
      case "AccountProblem", "AllAccessDisabled" -> "the account is closed or blocked: " + said;
      default -> otherRefusal(operation, e, said);
    };
  }

  private String otherRefusal(Operation operation, S3Exception e, String said) {
    var region = region(e).filter(right -> !right.equals(place.region()));
    if (region.isPresent()) {
      return "the bucket is in region %s, not in %s: %s"
          .formatted(region.get(), place.region(), said);
    }
    return switch (e.statusCode()) {
      case 301, 307, 308 -> "the bucket is somewhere else: " + said;
      case 403 -> "no permission (%s): %s".formatted(permission(operation), said);
      case 501 -> "the server cannot do that: " + said;
      default -> "refused: " + said;
    };
  }

  /** Returns what has to be allowed for that, as policies call it. */
  private static String permission(Operation operation) {
    return switch (operation) {
      case BEGIN, WRITE, COMMIT -> "s3:PutObject";
      case GET, READ, STAT -> "s3:GetObject, and s3:ListBucket to be told what is missing";
      case LIST -> "s3:ListBucket";
      case DELETE -> "s3:DeleteObject";
      case PROBE ->
          "s3:PutObject, s3:GetObject, s3:DeleteObject, s3:AbortMultipartUpload, s3:ListBucket";
      case CAPACITY -> "none";
    };
  }

  private String skew(S3Exception e) {
    return header(e, "Date")
        .flatMap(S3Errors::date)
        .map(theirs -> Duration.between(theirs, clock.instant()).toSeconds())
        .map(seconds ->
            "the clock of this machine is %d s %s"
                .formatted(Math.abs(seconds), seconds < 0 ? "behind" : "ahead"))
        .orElse("the clock of this machine is wrong");
  }

  /** Returns where the bucket is, which is in a header, or at the end of a sentence. */
  private static Optional<String> region(S3Exception e) {
    return header(e, "x-amz-bucket-region")
        .filter(word -> word.matches("[a-z0-9-]{1,40}"))
        .or(() ->
            Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .map(REGION::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1)));
  }

  private Duration retryAfter(S3Exception e) {
    var wait =
        header(e, "Retry-After")
            .flatMap(word ->
                word.matches("[0-9]{1,9}")
                    ? Optional.of(Duration.ofSeconds(Long.parseLong(word)))
                    : date(word).map(time -> Duration.between(clock.instant(), time)))
            .orElse(Duration.ZERO);
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static Optional<Instant> date(String word) {
    try {
      return Optional.of(
          Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT).parse(word)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> header(S3Exception e, String name) {
    return Optional.ofNullable(e.awsErrorDetails())
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(answer -> answer.firstMatchingHeader(name));
  }
}
