package io.raic.cloud.gcs.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Google Cloud Storage on the loopback: the JSON API for buckets and objects, and the services that
 * give tokens for it. Objects lie in files, so that long ones cost no memory.
 *
 * <p>What it does not do: lists of old versions, copy, compose, batches, signed addresses. A piece
 * of a resumable upload that is no multiple of 256 KiB is refused; the service itself keeps what is
 * whole of it and complains at the next one.
 */
public final class GcsFake implements AutoCloseable {
  /** How many requests are remembered. */
  private static final int MAX_LOG = 10_000;

  static {
    // Otherwise each small answer waits for the acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Path directory;
  private final AtomicLong fileNumber = new AtomicLong();
  private final Tokens tokens = new Tokens();
  private final Access access = new Access(tokens);
  private final Faults faults = new Faults();
  private final Deque<String> log = new ArrayDeque<>();
  private final Router router;
  private volatile String scheme = "http";
  private volatile Runnable onBroken = () -> {};

  private GcsFake() throws IOException {
    this.directory = Files.createTempDirectory("gcs-fake");
    this.router = new Router(access, tokens, this::newFile);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts one without buckets. */
  public static GcsFake start() {
    try {
      return new GcsFake();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path newFile() {
    return directory.resolve(Long.toString(fileNumber.incrementAndGet()));
  }

  /** Returns where it answers, without a slash at the end. */
  public String endpoint() {
    return "http://127.0.0.1:" + port();
  }

  /** Returns the port on the loopback. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Names itself by https from now on, since something is before it that takes TLS. */
  public void standBehindTls() {
    scheme = "https";
  }

  /** Makes a bucket, which does not exist yet. */
  public void createBucket(String name) {
    router.create(name);
  }

  /** Returns the key file of the service account that it knows. */
  public String serviceAccount() {
    return tokens.key().json(endpoint() + "/token");
  }

  /**
   * Returns a workload identity file whose subject token is in {@code subjectToken}. It names
   * Google's own token service, since clients believe no other and none without TLS; this one
   * answers at the same path.
   */
  public static String workloadIdentity(Path subjectToken) {
    return """
    {"type": "external_account",
     "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/\
    providers/q",
     "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
     "token_url": "https://sts.googleapis.com/v1/token",
     "credential_source": {"file": "%s"}}
    """
        .formatted(subjectToken);
  }

  /** Returns what has to be in the file of {@link #workloadIdentity}. */
  public static String subjectToken() {
    return TokenServer.FOREIGN_TOKEN;
  }

  /** Returns which tokens are taken. */
  public Tokens tokens() {
    return tokens;
  }

  /** Returns who may do what. */
  public Access access() {
    return access;
  }

  /** Returns what goes wrong next. */
  public Faults faults() {
    return faults;
  }

  /** Ends every resumable upload that is not complete. */
  public void expireSessions() {
    router.sessions().expireAll();
  }

  /** Returns how many resumable uploads are neither complete nor given up. */
  public int openSessions() {
    return router.sessions().openCount();
  }

  /** Returns the last requests: method, address, and their content encoding where there is one. */
  public List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  /** Forgets the requests so far. */
  public void clearLog() {
    synchronized (log) {
      log.clear();
    }
  }

  /** Runs {@code work} whenever a request breaks off, before the next one is answered. */
  public void onBrokenRequest(Runnable work) {
    onBroken = work;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      remember(request, exchange);
      answer(exchange, request)
          .with(Map.of("X-GUploader-UploadID", UUID.randomUUID().toString()))
          .send(exchange);
    } catch (IOException e) {
      onBroken.run();
      throw e;
    }
  }

  private Answer answer(HttpExchange exchange, String request) throws IOException {
    Call call = null;
    try {
      call = new Call(exchange, scheme);
      faults.instead(request);
      var answer = router.route(call);
      faults.after(request);
      return answer;
    } catch (Refusal e) {
      if (call != null) {
        call.drain();
      }
      return e.answer();
    }
  }

  private void remember(String request, HttpExchange exchange) {
    var encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    synchronized (log) {
      if (log.size() == MAX_LOG) {
        log.removeFirst();
      }
      log.add(encoding == null ? request : request + " " + encoding);
    }
  }

  /** Stops at once, and takes all objects along. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
