package io.raic.cloud.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import io.raic.cloud.BackendException;
import io.raic.cloud.Request;
import io.raic.cloud.call.TlsFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * What a refusal of the service, or of the way to it, means, said once.
 *
 * <p>No exception of a library is passed on as a cause: their messages hold addresses, and that of
 * an upload session is a credential.
 */
final class GcsErrors {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private static final List<String> TOO_MUCH =
      List.of("rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded");

  private GcsErrors() {}

  /** Returns what an answer means that is none of those expected. */
  static BackendException of(Request asked, String bucket, GcsAnswer answer) {
    var request = answer.requestId().map(asked::named).orElse(asked);
    var said = GcsWords.of(answer.text());
    String words = said.message();
    String reason = said.reason();
    String what = "%d %s: %s".formatted(answer.status(), reason, words);
    return switch (answer.status()) {
      case 401 ->
          new BackendException.AccessDenied(request, "the credentials are not accepted: " + words);
      case 403 -> {
        if (TOO_MUCH.contains(reason)) {
          yield throttled(request, answer, what);
        }
        yield reason.equals("quotaExceeded")
            ? new BackendException.OutOfSpace(request, what)
            : new BackendException.AccessDenied(request, what);
      }
      case 404 ->
          new BackendException.AccessDenied(
              request, "bucket %s does not exist, or is not to be seen".formatted(bucket));
      case 412 -> new BackendException.PreconditionFailed(request, "the object is another one");
      case 413 -> new BackendException.OutOfSpace(request, what);
      case 429 -> throttled(request, answer, what);
      case 503 ->
          retryAfter(answer).isPositive()
              ? throttled(request, answer, what)
              : new BackendException.Unavailable(request, what);
      // Bytes that were damaged on their way may arrive whole the next time.
      case 400 ->
          words.contains("doesn't match calculated")
              ? new BackendException.Unavailable(request, what)
              : new BackendException.AccessDenied(request, what);
      case 408, 409, 410, 499 -> new BackendException.Unavailable(request, what);
      default ->
          answer.status() >= 400 && answer.status() < 500
              ? new BackendException.AccessDenied(request, what)
              : new BackendException.Unavailable(request, what);
    };
  }

  private static BackendException throttled(Request request, GcsAnswer answer, String what) {
    return new BackendException.Throttled(request, what, retryAfter(answer));
  }

  /** Fails where a 404 means that there is no bucket, and not only no object. */
  static void requireBucket(Request request, String bucket, GcsAnswer notFound) {
    if (GcsWords.of(notFound.text()).message().contains("bucket does not exist")) {
      throw of(request, bucket, notFound);
    }
  }

  private static Duration retryAfter(GcsAnswer answer) {
    String text = answer.retryAfter().orElse("").strip();
    try {
      var wait =
          text.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  ZonedDateTime.now(ZoneOffset.UTC),
                  ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
      return wait.isNegative()
          ? Duration.ZERO
          : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    } catch (DateTimeException _) {
      return Duration.ZERO;
    }
  }

  /** Returns what a failure of the line means. */
  static BackendException ofLine(Request request, Exception e) {
    return new BackendException.Unavailable(request, line(e));
  }

  private static String line(Throwable e) {
    return switch (e) {
      case SocketTimeoutException _ -> "no answer in time";
      case ConnectException _ -> "cannot be reached";
      case UnknownHostException _ -> "its name is unknown";
      case SSLException tls -> TlsFailure.words(tls);
      default -> "the connection failed: " + e.getClass().getSimpleName();
    };
  }

  /** Returns what it means that no token could be had. */
  static BackendException ofToken(Request request, Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case HttpResponseException http
            when http.getStatusCode() / 100 == 4
                && http.getStatusCode() != 408
                && http.getStatusCode() != 429 -> {
          return new BackendException.AccessDenied(
              request, "no access token is given: " + tokenWords(http));
        }
        case HttpResponseException http -> {
          return new BackendException.Unavailable(
              request, "the token service answers %d".formatted(http.getStatusCode()));
        }
        case SocketException _,
            SocketTimeoutException _,
            UnknownHostException _,
            SSLException _ -> {
          return new BackendException.Unavailable(request, "the token service: " + line(cause));
        }
        case IllegalStateException wrong -> {
          return new BackendException.AccessDenied(
              request, "no access token: " + GcsWords.plain(String.valueOf(wrong.getMessage())));
        }
        default -> {}
      }
    }
    String words = GcsWords.plain(String.valueOf(e.getMessage()));
    if (words.contains("default credentials were not found")) {
      return new BackendException.AccessDenied(
          request, "no credentials are configured, and there are no application default ones");
    }
    if (words.startsWith("Error code ")) {
      return new BackendException.AccessDenied(request, "no access token is given: " + words);
    }
    return e instanceof IllegalArgumentException || words.contains("credentials")
        ? new BackendException.AccessDenied(
            request, "the credentials are not of a kind that can be used")
        : new BackendException.Unavailable(
            request, "no access token could be had: " + e.getClass().getSimpleName());
  }

  /** The two fields of an OAuth error; anything else may hold what is not to be told. */
  private static String tokenWords(HttpResponseException e) {
    try {
      var json =
          GsonFactory.getDefaultInstance()
              .fromString(String.valueOf(e.getContent()), GenericJson.class);
      String words =
          GcsWords.plain("%s: %s".formatted(json.get("error"), json.get("error_description")));
      // What the service says of a claim from another time.
      return words.contains("iat and exp") ? words + " Is this machine's clock right?" : words;
    } catch (IOException | IllegalArgumentException _) {
      return Integer.toString(e.getStatusCode());
    }
  }
}
