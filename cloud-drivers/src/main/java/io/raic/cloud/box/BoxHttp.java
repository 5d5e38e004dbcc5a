package io.raic.cloud.box;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import io.raic.cloud.call.TlsFailure;
import io.raic.cloud.call.Watch;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Requests over HTTP/1.1, each of which ends at its deadline, when its thread is interrupted, or
 * when nothing of it moves. Nothing is repeated and no redirect followed here.
 */
final class BoxHttp implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  /** A request that is on its way. */
  interface Exchange {
    /** Notes that bytes have moved. */
    void moved();
  }

  /** Makes a request that knows its exchange. */
  @FunctionalInterface
  interface Making {
    HttpRequest with(Exchange exchange);
  }

  /**
   * Sends a request, and waits for what {@code handler} makes of the answer.
   *
   * @throws BackendException.Unavailable if there is no answer in time
   */
  <T> HttpResponse<T> send(
      Request request, Deadline deadline, Making making, HttpResponse.BodyHandler<T> handler) {
    var started = new CompletableFuture<CompletableFuture<HttpResponse<T>>>();
    // The watch ends what stands still long before the deadline of a long body.
    try (var watch = Watch.of(deadline, () -> cancel(started))) {
      var answer = client.sendAsync(making.with(watch::moved), handler);
      started.complete(answer);
      try {
        return answer.get(Math.max(1, deadline.remaining().toNanos()), TimeUnit.NANOSECONDS);
      } catch (InterruptedException _) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        throw new BackendException.Unavailable(request, "interrupted");
      } catch (TimeoutException | CancellationException _) {
        answer.cancel(true);
        throw new BackendException.Unavailable(request, "no answer in time");
      } catch (ExecutionException e) {
        throw new BackendException.Unavailable(request, words(e.getCause()));
      }
    }
  }

  private static <T> void cancel(CompletableFuture<CompletableFuture<T>> started) {
    var answer = started.getNow(new CompletableFuture<>());
    answer.cancel(true);
  }

  /** Exceptions of the client may print addresses, and those of downloads are as good as keys. */
  private static String words(@Nullable Throwable e) {
    return switch (e) {
      case UnknownHostException _ -> "its name is not known here";
      case ConnectException _ -> "it cannot be reached";
      case SSLException tls -> TlsFailure.words(tls);
      case IOException _ -> "the connection failed";
      case null -> "the request failed";
      default -> "the request failed (%s)".formatted(e.getClass().getSimpleName());
    };
  }

  /** Ends all requests. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
