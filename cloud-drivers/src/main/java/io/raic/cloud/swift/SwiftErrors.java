package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Request;
import io.raic.cloud.call.TlsFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** What statuses and lost connections mean. Nothing of a body or a request gets into an error. */
final class SwiftErrors {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private SwiftErrors() {}

  /** Returns the error of an answer that is none of those the operation expects. */
  static BackendException of(Request about, String what, Answer answer) {
    return of(
        about,
        what,
        answer.status(),
        answer.header("X-Trans-Id").or(() -> answer.header("X-Openstack-Request-Id")),
        answer.header("Retry-After"));
  }

  /** Returns the error of an answer whose body was not read. */
  static BackendException of(Request about, String what, Exchange exchange) {
    return of(
        about,
        what,
        exchange.status(),
        exchange.header("X-Trans-Id").or(() -> exchange.header("X-Openstack-Request-Id")),
        exchange.header("Retry-After"));
  }

  private static BackendException of(
      Request unnamed, String what, int status, Optional<String> id, Optional<String> retryAfter) {
    var about = id.map(unnamed::named).orElse(unnamed);
    var words = "%s was answered with %d".formatted(what, status);
    return switch (status) {
      case 401, 403 ->
          new BackendException.AccessDenied(about, words + ": the user may not do that");
      case 413 -> new BackendException.OutOfSpace(about, words + ": too long, or over the quota");
      case 507 -> new BackendException.OutOfSpace(about, words + ": the store is full");
      case 429, 498 ->
          new BackendException.Throttled(
              about, words + ": too many requests", wait(retryAfter).orElse(Duration.ZERO));
      case 503 ->
          wait(retryAfter)
              .<BackendException>map(time ->
                  new BackendException.Throttled(about, words + ": the store is busy", time))
              .orElseGet(() -> new BackendException.Unavailable(about, words));
      case 422 -> new BackendException.Unavailable(about, words + ": the bytes arrived damaged");
      // 409: a later write, by the servers' clocks, is there; ours may be tried again.
      case 408, 409, 499 -> new BackendException.Unavailable(about, words);
      default ->
          status / 100 == 4
              ? new BackendException.AccessDenied(about, words + ": the store refuses that")
              : new BackendException.Unavailable(about, words);
    };
  }

  /** Returns the error of a container that is not there. */
  static BackendException noContainer(Request about, String container) {
    return new BackendException.AccessDenied(
        about, "container %s does not exist".formatted(container));
  }

  /** Returns the error of an answer that is longer than it can be. */
  static BackendException tooLong(Request about, int maxBytes) {
    return new BackendException.Unavailable(
        about, "the answer is longer than %d bytes".formatted(maxBytes));
  }

  /**
   * Returns the error of a request that was not answered.
   *
   * @param isCut whether that was because time was over
   */
  static BackendException of(Request about, Exception e, boolean isCut) {
    if (Thread.currentThread().isInterrupted()) {
      return new BackendException.Unavailable(about, "interrupted");
    }
    if (isCut) {
      return new BackendException.Unavailable(about, "no answer in time");
    }
    return switch (e) {
      case UnknownHostException _ ->
          new BackendException.Unavailable(about, "the name of the server is unknown", e);
      case ConnectTimeoutException _ ->
          new BackendException.Unavailable(about, "no connection in time", e);
      case ConnectException _ -> new BackendException.Unavailable(about, "no connection", e);
      case SSLException tls -> new BackendException.Unavailable(about, TlsFailure.words(tls));
      case NoHttpResponseException _ ->
          new BackendException.Unavailable(about, "the connection ended without an answer");
      case IOException _ ->
          // Its words may be the server's.
          new BackendException.Unavailable(
              about, "the connection was lost: " + e.getClass().getSimpleName());
      default -> new BackendException.Unavailable(about, "the store is closed");
    };
  }

  /** Reads a number that a server may have written wrong. */
  static long number(Optional<String> text, long otherwise) {
    try {
      return text.map(word -> Long.parseLong(word.strip())).orElse(otherwise);
    } catch (NumberFormatException _) {
      return otherwise;
    }
  }

  private static Optional<Duration> wait(Optional<String> retryAfter) {
    return retryAfter
        .flatMap(SwiftErrors::parseWait)
        .filter(time -> !time.isNegative())
        .map(time -> time.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : time);
  }

  private static Optional<Duration> parseWait(String text) {
    try {
      if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(text), 1 << 30)));
      }
      var when = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(Instant.now(), when));
    } catch (NumberFormatException | DateTimeException _) {
      return Optional.empty();
    }
  }
}
