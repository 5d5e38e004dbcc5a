package io.raic.cloud.gcs;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.call.Gate;
import io.raic.cloud.call.Watch;
import java.io.IOException;
import java.util.Optional;

/**
 * One request and its answer: with a token, renewed once if the service does not take it, and never
 * beyond its deadline. It repeats nothing else. For any thread; a wait on the line ends at an
 * interrupt where the thread is virtual.
 */
final class GcsHttp {
  /** Makes the request. */
  @FunctionalInterface
  interface Build {
    /** Returns a new one, which tells {@code watch} when its bytes move. */
    HttpRequest build(Watch watch) throws IOException;
  }

  /** Takes the answer. */
  @FunctionalInterface
  interface Reading<T> {
    /** Reads it, and closes it unless the result does that later. */
    T read(HttpResponse response) throws IOException;
  }

  private final String id;
  private final Gate gate;
  private final GcsTokens tokens;

  GcsHttp(String id, Gate gate, GcsTokens tokens) {
    this.id = id;
    this.gate = gate;
    this.tokens = tokens;
  }

  /** Returns the same, also for what has to be cleaned up once the store is closed. */
  GcsHttp afterClose() {
    return new GcsHttp(id, new Gate(id), tokens);
  }

  /**
   * Sends a request.
   *
   * @throws BackendException if there is no answer; any answer is the business of {@code reading}
   */
  <T> T exchange(Operation operation, Deadline deadline, Build build, Reading<T> reading) {
    gate.enter(operation, deadline);
    var request = Request.of(id, operation);
    var token = tokens.current(request, deadline);
    var result = once(request, deadline, token, build, reading, token.isPresent());
    if (result.isPresent()) {
      return result.get();
    }
    // Revoked, or ended while the request was on its way.
    tokens.reject(token.orElseThrow());
    var renewed = tokens.current(request, deadline);
    return once(request, deadline, renewed, build, reading, false).orElseThrow();
  }

  /** Returns the result; empty if the token is not taken and another one may be. */
  private static <T> Optional<T> once(
      Request request,
      Deadline deadline,
      Optional<String> token,
      Build build,
      Reading<T> reading,
      boolean isRenewable) {
    var watch = Watch.ofThisThread(deadline);
    try {
      var http = build.build(watch);
      configure(http, deadline, token);
      var response = http.execute();
      if (response.getStatusCode() == 401 && isRenewable) {
        response.disconnect();
        return Optional.empty();
      }
      return Optional.of(reading.read(response));
    } catch (IOException e) {
      throw failed(request, watch, e);
    } catch (BackendException e) {
      throw e;
    } catch (RuntimeException e) {
      // What the JDK and the library make of an answer that is no HTTP.
      throw failed(request, watch, e);
    } finally {
      watch.close();
      if (watch.isCut()) {
        // That interrupt was the watch's own.
        Thread.interrupted();
      }
    }
  }

  static BackendException failed(Request request, Watch watch, Exception e) {
    watch.close();
    if (watch.isCut()) {
      return new BackendException.Unavailable(request, "nothing moved in time");
    }
    if (Thread.currentThread().isInterrupted()) {
      return new BackendException.Unavailable(request, "interrupted");
    }
    return GcsErrors.ofLine(request, e);
  }

  private static void configure(HttpRequest http, Deadline deadline, Optional<String> token) {
    long most = Math.min(deadline.step().toMillis(), deadline.remaining().toMillis());
    int millis = Math.clamp(most, 1, Integer.MAX_VALUE);
    http.setConnectTimeout(millis)
        .setReadTimeout(Math.clamp(deadline.step().toMillis(), 1, Integer.MAX_VALUE))
        .setNumberOfRetries(0)
        .setThrowExceptionOnExecuteError(false)
        .setFollowRedirects(false)
        .setEncoding(null)
        .setLoggingEnabled(false)
        .setCurlLoggingEnabled(false);
    token.ifPresent(text -> http.getHeaders().setAuthorization("Bearer " + text));
  }
}
