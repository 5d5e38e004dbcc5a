package io.raic.gateway.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * One request and its answer: waits for it, draws the progress meanwhile, and gives up when nothing
 * has moved for too long, which Java's client itself watches only until the first byte.
 */
final class Exchange {
  private static final long TICK_MILLIS = 100;

  private final HttpClient client;
  private final String gateway;

  /** Will speak of {@code gateway} in its errors. */
  Exchange(HttpClient client, String gateway) {
    this.client = client;
    this.gateway = gateway;
  }

  /**
   * Sends {@code request} and returns the whole answer, whatever its status.
   *
   * @throws Failure if none came, or not all of it
   */
  <T> HttpResponse<T> send(
      HttpRequest request, BodyHandler<T> handler, Activity activity, Progress progress)
      throws Failure {
    var answer = client.sendAsync(request, handler);
    try {
      while (true) {
        progress.tick();
        if (activity.stalled()) {
          throw unavailable(
              "the gateway at %s has shown no sign of life for %d seconds"
                  .formatted(gateway, activity.limit().toSeconds()));
        }
        if (ended(answer)) {
          return answer.get();
        }
      }
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.INTERRUPTED, "interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static boolean ended(CompletableFuture<?> answer)
      throws ExecutionException, InterruptedException {
    try {
      answer.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    }
  }

  private Failure failure(ExecutionException e) {
    // The client wraps what a body's stream threw, more than once.
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure known) {
        return known;
      }
    }
    return switch (e.getCause()) {
      case HttpConnectTimeoutException _ ->
          unavailable("the gateway at %s does not accept connections".formatted(gateway));
      case ConnectException _ ->
          unavailable(
              "no gateway answers at %s: start one with raic serve, or name one with --url or RAIC_URL"
                  .formatted(gateway));
      case SSLException ssl ->
          unavailable("no secure connection to the gateway: " + Failure.reason(ssl));
      case IOException io ->
          unavailable("the connection to the gateway broke off: " + Failure.reason(io));
      case null, default -> new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    };
  }

  private static Failure unavailable(String message) {
    return new Failure(ExitCode.UNAVAILABLE, message);
  }
}
