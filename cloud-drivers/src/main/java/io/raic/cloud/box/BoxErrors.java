package io.raic.cloud.box;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.raic.cloud.BackendException;
import io.raic.cloud.Request;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/** What an answer of Box means, said once. */
final class BoxErrors {
  /** The most of Box's own words that is repeated. */
  private static final int MAX_WORDS = 200;

  /** Nobody is sent away for longer. */
  private static final Duration MAX_RETRY_AFTER = Duration.ofDays(31);

  /** Conflicts that are over soon. */
  private static final Set<String> PASSING =
      Set.of("operation_blocked_temporary", "name_temporarily_reserved");

  private BoxErrors() {}

  /**
   * Reads an answer that is no success.
   *
   * @param body what could be read of it as JSON; missing otherwise
   */
  static BoxRefusal refusal(int status, HttpHeaders headers, JsonNode body) {
    // Tokens are refused in the words of OAuth.
    String code = text(body, "code").or(() -> text(body, "error")).orElse("");
    String words = text(body, "message").or(() -> text(body, "error_description")).orElse("");
    return new BoxRefusal(
        status,
        plain(code),
        plain(words),
        text(body, "request_id").or(() -> headers.firstValue("Box-Request-Id")),
        headers.firstValue("Retry-After").flatMap(BoxErrors::duration),
        conflict(body));
  }

  /** Folders give a list of one conflict, files the conflict itself. */
  private static Optional<BoxRefusal.Conflict> conflict(JsonNode body) {
    JsonNode conflicts = body.path("context_info").path("conflicts");
    JsonNode first = conflicts.isArray() ? conflicts.path(0) : conflicts;
    return text(first, "id")
        .filter(BoxErrors::isId)
        .map(id -> new BoxRefusal.Conflict(first.path("type").asText("").equals("file"), id));
  }

  /** Says whether this can be an id: what Box gives goes into the path of the next request. */
  static boolean isId(String text) {
    return text.matches("[0-9]{1,24}");
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.of(json.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  static JsonNode noBody() {
    return MissingNode.getInstance();
  }

  private static String plain(String words) {
    String line = words.replaceAll("[^\\x20-\\x7e]", "?");
    return line.substring(0, Math.min(line.length(), MAX_WORDS));
  }

  /** Reads seconds, or a date. */
  private static Optional<Duration> duration(String text) {
    try {
      if (text.matches("[0-9]{1,9}")) {
        return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(text))));
      }
      var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(bounded(Duration.between(Instant.now(), date)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration time) {
    var some = time.isNegative() ? Duration.ZERO : time;
    return some.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : some;
  }

  /**
   * Says whether a refusal is something that the call may have wanted to know, and not a failure
   * that the same request could be spared later. Box does not write down what it calls every
   * conflict, so all are but those that pass.
   */
  static boolean isAnswer(BoxRefusal refusal) {
    return refusal.isNotFound()
        || refusal.isPrecondition()
        || refusal.isNotReady()
        || (refusal.status() == 409 && !PASSING.contains(refusal.code()));
  }

  /** Returns the exception for a refusal. */
  static BackendException translate(Request request, BoxRefusal refusal) {
    var named = refusal.requestId().map(request::named).orElse(request);
    String what = "Box answers " + refusal.status() + told(refusal);
    return switch (refusal.status()) {
      case 429 ->
          new BackendException.Throttled(named, what, refusal.retryAfter().orElse(Duration.ZERO));
      case 401 ->
          new BackendException.AccessDenied(named, "Box does not take the token" + told(refusal));
      case 403 -> forbidden(named, refusal, what);
      case 413 -> new BackendException.OutOfSpace(named, "too long for Box" + told(refusal));
      case 404 ->
          new BackendException.AccessDenied(
              named, "there is no such item, or this account may not see it" + told(refusal));
      case 412 -> new BackendException.PreconditionFailed(named, what);
      case 503 ->
          refusal
              .retryAfter()
              .<BackendException>map(after -> new BackendException.Throttled(named, what, after))
              .orElseGet(() -> new BackendException.Unavailable(named, what));
      case 400 ->
          refusal.code().equals("bad_digest")
              ? new BackendException.Unavailable(named, "the bytes were damaged on their way")
              : new BackendException.AccessDenied(named, what);
      default -> new BackendException.Unavailable(named, what);
    };
  }

  private static BackendException forbidden(Request request, BoxRefusal refusal, String what) {
    return switch (refusal.code()) {
      case "storage_limit_exceeded" ->
          new BackendException.OutOfSpace(request, "the account is full" + told(refusal));
      case "file_size_limit_exceeded" ->
          new BackendException.OutOfSpace(
              request, "longer than the account's plan allows" + told(refusal));
      case "insufficient_scope" ->
          new BackendException.AccessDenied(
              request,
              "the application lacks the scope to read and write all files" + told(refusal));
      default -> new BackendException.AccessDenied(request, what);
    };
  }

  private static String told(BoxRefusal refusal) {
    String both = (refusal.code() + " " + refusal.words()).strip();
    return both.isEmpty() ? "" : ": " + both;
  }
}
