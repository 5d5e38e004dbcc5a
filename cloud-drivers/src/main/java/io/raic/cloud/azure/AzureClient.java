package io.raic.cloud.azure;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.call.Gate;
import io.raic.cloud.call.Retrier;
import io.raic.cloud.call.TlsFailure;
import io.raic.cloud.call.Watch;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one container. For any thread.
 *
 * <p>The bytes go through Java's own HTTP client, since the library's way of sending and receiving
 * them costs several times as much; signatures and tokens come from the library. Nothing here logs
 * anything, and no exception of either passes: they name addresses, and those may hold a signature.
 */
final class AzureClient implements AutoCloseable {
  /** What of the protocol is spoken: the oldest that has all that is used. */
  private static final String PROTOCOL = "2021-12-02";

  /** Java's own format of such a date has days of one digit. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** How many requests wait for their answers at once; more of them wait here until then. */
  private static final int MAX_UNANSWERED = 128;

  private final Semaphore unanswered = new Semaphore(MAX_UNANSWERED);
  private final String backend;
  private final String container;
  private final AzureCredential credential;
  private final Clock clock;
  private final Gate gate;
  private final Retrier retrier = new Retrier();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  /**
   * Sends requests to a container.
   *
   * @param backend the id of the store
   * @param container its address, without a slash at its end
   */
  AzureClient(String backend, URI container, AzureCredential credential, Clock clock) {
    this.backend = backend;
    this.container = container.toString();
    this.credential = credential;
    this.clock = clock;
    this.gate = new Gate(backend);
  }

  /** Fails if the store is closed, the thread interrupted, or the deadline over. */
  void enter(Operation operation, Deadline deadline) {
    gate.enter(operation, deadline);
  }

  /** Returns the name of a request that the service has not named. */
  Request named(Operation operation) {
    return Request.of(backend, operation);
  }

  AzureCredential credential() {
    return credential;
  }

  /**
   * Makes a request until {@code reading} takes its answer, or no more attempt makes sense.
   *
   * @param reading makes something of an answer of any status
   */
  <T> T call(AzureRequest request, Deadline deadline, Function<AzureAnswer, T> reading) {
    return retrying(request.operation(), deadline, _ -> reading.apply(send(request, deadline)));
  }

  /** Makes attempts until one succeeds, or no more makes sense. */
  <T> T retrying(Operation operation, Deadline deadline, Retrier.Attempt<T> attempt) {
    gate.enter(operation, deadline);
    return retrier.call(deadline, attempt);
  }

  /** Returns the error that an answer is. */
  BackendException error(AzureAnswer answer) {
    return AzureErrors.of(answer, credential, clock.instant());
  }

  /**
   * Makes a request once; a second time if its credential can be renewed.
   *
   * @return an answer of any status; only that to a GET that succeeded has a body still
   */
  AzureAnswer send(AzureRequest request, Deadline deadline) {
    for (boolean isFirst = true; ; isFirst = false) {
      gate.enter(request.operation(), deadline);
      var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
      headers.putAll(request.headers());
      headers.put("x-ms-version", PROTOCOL);
      headers.put("x-ms-date", DATE.format(clock.instant()));
      var answer = inTurn(request, signed(request, headers, deadline), headers, deadline);
      if (answer.isSuccess() && request.method().equals("GET")) {
        return answer;
      }
      answer.finish(deadline);
      if (answer.status() != 401 || !isFirst || !credential.renew(headers)) {
        return answer;
      }
    }
  }

  private String signed(AzureRequest request, Map<String, String> headers, Deadline deadline) {
    var named = named(request.operation());
    try {
      // Signed, and then set by the client itself.
      headers.put("Content-Length", Integer.toString(request.body().length()));
      var address =
          credential.sign(named, request.method(), request.address(container), headers, deadline);
      headers.remove("Content-Length");
      return address;
    } catch (IllegalStateException e) {
      throw new BackendException.AccessDenied(named, "the credential: " + e.getMessage());
    }
  }

  /** Bounds what thousands of callers open at once: connections that nobody accepts are reset. */
  private AzureAnswer inTurn(
      AzureRequest request, String address, Map<String, String> headers, Deadline deadline) {
    var named = named(request.operation());
    try {
      long wait = Math.max(0, deadline.remaining().toNanos());
      if (!unanswered.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
        throw new BackendException.Unavailable(
            named, "%d other requests have no answer yet".formatted(MAX_UNANSWERED));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BackendException.Unavailable(named, "interrupted");
    }
    try {
      return exchange(request, address, headers, deadline);
    } finally {
      unanswered.release();
    }
  }

  private AzureAnswer exchange(
      AzureRequest request, String address, Map<String, String> headers, Deadline deadline) {
    var named = named(request.operation());
    var sent =
        new AtomicReference<Optional<CompletableFuture<HttpResponse<ReceivedBytes>>>>(
            Optional.empty());
    var watch = Watch.of(deadline, () -> sent.get().ifPresent(AzureClient::stop));
    try (watch) {
      var future =
          http.sendAsync(built(named, request, address, headers, watch), _ -> new ReceivedBytes());
      sent.set(Optional.of(future));
      if (watch.isCut()) {
        stop(future);
      }
      return new AzureAnswer(named, await(future, named));
    } catch (CancellationException _) {
      throw new BackendException.Unavailable(
          named, "no answer, and nothing moved for %d s".formatted(deadline.step().toSeconds()));
    } catch (ExecutionException e) {
      throw new BackendException.Unavailable(named, why(e.getCause()));
    }
  }

  private static HttpRequest built(
      Request named,
      AzureRequest request,
      String address,
      Map<String, String> headers,
      Watch watch) {
    try {
      var building =
          HttpRequest.newBuilder(URI.create(address))
              .method(request.method(), request.body().publisher(watch::moved));
      headers.forEach(building::header);
      return building.build();
    } catch (IllegalArgumentException _) {
      // Its text is the address or the header, and so the signature or the token.
      throw new BackendException.AccessDenied(
          named, "the credential does not fit into a request: it is not whole, or something else");
    }
  }

  private static HttpResponse<ReceivedBytes> await(
      CompletableFuture<HttpResponse<ReceivedBytes>> future, Request named)
      throws ExecutionException {
    try {
      return future.get();
    } catch (InterruptedException _) {
      stop(future);
      Thread.currentThread().interrupt();
      throw new BackendException.Unavailable(named, "interrupted");
    }
  }

  /** Ends an exchange, and the answer that may have come just now. */
  private static void stop(CompletableFuture<HttpResponse<ReceivedBytes>> future) {
    if (!future.cancel(true) && !future.isCompletedExceptionally()) {
      future.join().body().close();
    }
  }

  private String why(@Nullable Throwable thrown) {
    if (gate.isClosed()) {
      return "the store is closed";
    }
    return switch (thrown) {
      case SSLException tls -> TlsFailure.words(tls);
      case ConnectException _ -> "the service cannot be reached";
      case null, default -> "the connection broke, or what answers does not speak HTTP";
    };
  }

  @Override
  public void close() {
    gate.close();
    http.shutdownNow();
  }
}
