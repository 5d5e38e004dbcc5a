package io.raic.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.raic.crypto.file.InconsistentFileException;
import io.raic.gateway.grid.BusyException;
import io.raic.gateway.grid.UnhappyException;
import io.raic.gateway.grid.UnrecoverableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one table from what went wrong to what the client hears of it: a short plain text, or problem
 * details (RFC 9457) for a client that asks for JSON; never a stack trace or a capability.
 */
@ControllerAdvice
public final class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  /** What is read of a body that is refused, so that its sender hears why. */
  private static final long MAX_DRAINED_BYTES = 1L << 30;

  private static final Duration MAX_DRAINING = Duration.ofMinutes(1);

  /**
   * An answer that tells of an error.
   *
   * @param status of HTTP
   * @param detail what went wrong
   * @param retryAfter when to try again, if that may help
   */
  private record Answer(int status, String detail, Optional<Duration> retryAfter) {
    Answer(int status, String detail) {
      this(status, detail, Optional.empty());
    }
  }

  /** Answers a request that failed, or breaks the connection if it was half answered. */
  @ExceptionHandler(Exception.class)
  public void answer(Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (response.isCommitted()) {
      LOG.warn("broke off an answer: {}", failure.getMessage());
      throw new BrokenAnswerException(failure);
    }
    drain(request);
    var answer = answer(failure);
    response.reset();
    if (failure instanceof ErrorResponse spring) {
      spring.getHeaders().forEach((name, values) -> response.setHeader(name, values.getFirst()));
    }
    answer
        .retryAfter()
        .ifPresent(after -> response.setHeader("Retry-After", Long.toString(after.toSeconds())));
    write(answer, request, response);
  }

  /** Answers a request that no controller gets to see. */
  public static void refuse(
      int status, String detail, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    drain(request);
    write(new Answer(status, detail), request, response);
  }

  /**
   * Answers a request of somebody who is not let in, before anything of its body is read; what
   * comes all the same is thrown away.
   */
  public static void turnAway(
      int status, String detail, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    write(new Answer(status, detail), request, response);
    response.flushBuffer();
    drain(request);
  }

  private static Answer answer(Exception failure) {
    String message = Objects.requireNonNullElse(failure.getMessage(), "");
    return switch (failure) {
      case BadRequestException bad -> new Answer(bad.status(), message);
      case UnrecoverableException silent when silent.mayComeBack() ->
          new Answer(503, message, Optional.of(RETRY_AFTER));
      case UnrecoverableException _ -> new Answer(410, message);
      case InconsistentFileException _ -> new Answer(410, message);
      case UnhappyException unhappy when unhappy.outOfSpace() -> new Answer(507, message);
      case UnhappyException _ -> new Answer(503, message, Optional.of(RETRY_AFTER));
      case BusyException busy -> new Answer(503, message, Optional.of(busy.retryAfter()));
      case BrokenBodyException _ -> new Answer(400, message);
      case EOFException _ -> new Answer(400, message);
      case IOException io when isDiskFull(io) -> new Answer(507, "the gateway's disk is full");
      case DataAccessException database -> unreachable(database);
      case TransactionException database -> unreachable(database);
      // Its words are what was sent.
      case TypeMismatchException _ -> new Answer(400, "a parameter is not what it has to be");
      case ErrorResponse spring -> new Answer(spring.getStatusCode().value(), "");
      default -> unexpected(failure);
    };
  }

  private static Answer unreachable(Exception database) {
    LOG.warn("the database failed: {}", database.getMessage());
    return new Answer(503, "the gateway's database does not answer", Optional.of(RETRY_AFTER));
  }

  private static Answer unexpected(Exception failure) {
    LOG.error("a request failed unexpectedly", failure);
    return new Answer(500, "the gateway failed: its log says why");
  }

  private static boolean isDiskFull(IOException failure) {
    String reason = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return reason.contains("no space left") || reason.contains("quota exceeded");
  }

  /** A client that sends all of a body before it listens would hear of a broken pipe only. */
  private static void drain(HttpServletRequest request) {
    if (!RequestBody.isComing(request)) {
      return;
    }
    try {
      var body = request.getInputStream();
      byte[] buffer = new byte[8192];
      long left = MAX_DRAINED_BYTES;
      long end = System.nanoTime() + MAX_DRAINING.toNanos();
      int got;
      while (left > 0 && System.nanoTime() - end < 0 && (got = body.read(buffer)) >= 0) {
        left -= got;
      }
    } catch (IOException | IllegalStateException _) {
      // Nobody is there, or the body is in other hands.
    }
  }

  private static void write(Answer answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String title =
        Optional.ofNullable(HttpStatus.resolve(answer.status()))
            .map(HttpStatus::getReasonPhrase)
            .orElse("Error");
    String detail = answer.detail().isEmpty() ? title : answer.detail();
    String accept = Objects.requireNonNullElse(request.getHeader("Accept"), "");
    byte[] body;
    if (accept.contains("json")) {
      response.setContentType("application/problem+json");
      var problem = JSON.createObjectNode();
      problem.put("type", "about:blank");
      problem.put("title", title);
      problem.put("status", answer.status());
      problem.put("detail", detail);
      body = JSON.writeValueAsBytes(problem);
    } else {
      response.setContentType("text/plain;charset=UTF-8");
      body = (detail + "\n").getBytes(UTF_8);
    }
    SecurityHeadersFilter.setHeaders(response);
    // What is gone or down now may be back tomorrow.
    response.setHeader("Cache-Control", "no-store");
    response.setStatus(answer.status());
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
