package io.raic.cloud.box.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Box of the tests: one account, its disk, and the calls of the API that an object store needs.
 *
 * <p>It refuses what Box refuses, as far as that is written down: tokens that are over, names that
 * are in use but for their case, wrong digests, parts that are not the session's, versions that
 * were replaced. A client finds its base at {@link #url}, uploads below {@code /api}, tokens at
 * {@code /oauth2/token}. For many threads.
 *
 * <p>Where Box's documents leave a code open, the fake takes one that looks like theirs: a part
 * whose digest is wrong (412 {@code bad_digest}), one that is there already (409 {@code
 * range_overlaps_existing_range}), a second commit of a session (404).
 */
public final class FakeBox implements AutoCloseable {
  private static final AtomicLong REQUESTS = new AtomicLong(System.nanoTime());

  private final FakeClock clock = new FakeClock();
  private final FakeAccount account = new FakeAccount();
  private final FakeFaults faults = new FakeFaults();
  private final FakeCalls calls = new FakeCalls();
  private final FakeLimits limits = new FakeLimits(clock);
  private final FakeTokens tokens = new FakeTokens(clock, account);
  private final FakeDisk disk = new FakeDisk(clock, account);
  private final Bodies bodies = new Bodies();
  private final SessionsApi sessions = new SessionsApi(disk, bodies, clock, faults);
  private final DownloadsApi downloads = new DownloadsApi(disk, clock, faults);
  private final List<Route> routes;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private FakeBox() throws IOException {
    routes = routes();
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts one on a port of its own. */
  public static FakeBox start() {
    try {
      return new FakeBox();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Route> routes() {
    var folders = new FoldersApi(disk, account);
    var files = new FilesApi(disk, account);
    var uploads = new UploadsApi(disk, bodies);
    return List.of(
        Route.open("token", "POST /oauth2/token", tokens::grant),
        Route.open("body", "GET /dl/*", downloads::body),
        Route.call("me", "GET /2.0/users/me", files::me),
        Route.call("mkdir", "POST /2.0/folders", folders::create),
        Route.call("folder", "GET /2.0/folders/*", folders::get),
        Route.call("list", "GET /2.0/folders/*/items", folders::items),
        Route.call("rmdir", "DELETE /2.0/folders/*", folders::delete),
        Route.call("purge folder", "DELETE /2.0/folders/*/trash", folders::purge),
        Route.call("preflight", "OPTIONS /2.0/files/content", uploads::preflight),
        Route.call("stat", "GET /2.0/files/*", files::get),
        Route.call("delete", "DELETE /2.0/files/*", files::delete),
        Route.call("purge", "DELETE /2.0/files/*/trash", files::purge),
        Route.call("download", "GET /2.0/files/*/content", downloads::redirect),
        Route.call("versions", "GET /2.0/files/*/versions", files::versions),
        Route.call("delete version", "DELETE /2.0/files/*/versions/*", files::deleteVersion),
        Route.upload("upload", "POST /api/2.0/files/content", uploads::create),
        Route.upload("new version", "POST /api/2.0/files/*/content", uploads::newVersion),
        Route.upload("session", "POST /api/2.0/files/upload_sessions", sessions::create),
        Route.upload(
            "version session", "POST /api/2.0/files/*/upload_sessions", sessions::createVersion),
        Route.call("part", "PUT /api/2.0/files/upload_sessions/*", sessions::part),
        Route.call("session state", "GET /api/2.0/files/upload_sessions/*", sessions::get),
        Route.call("parts", "GET /api/2.0/files/upload_sessions/*/parts", sessions::parts),
        Route.call("commit", "POST /api/2.0/files/upload_sessions/*/commit", sessions::commit),
        Route.call("abort", "DELETE /api/2.0/files/upload_sessions/*", sessions::abort));
  }

  /** Returns where it is. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Returns its time. */
  public FakeClock clock() {
    return clock;
  }

  /** Returns who may use it, and how much. */
  public FakeAccount account() {
    return account;
  }

  /** Returns its tokens. */
  public FakeTokens tokens() {
    return tokens;
  }

  /** Returns what goes wrong. */
  public FakeFaults faults() {
    return faults;
  }

  /** Returns what was asked. */
  public FakeCalls calls() {
    return calls;
  }

  /** Sets how many calls, and how many uploads among them, it allows in a minute. */
  public void limit(int callsPerMinute, int uploadsPerMinute) {
    limits.set(callsPerMinute, uploadsPerMinute);
  }

  /**
   * Lets a token pass at the host of downloads. The real one bears it, and the vendor's old client
   * sends it; the fake does not, so that nobody gives a token to a host that needs none.
   */
  public void takeTokensAtDownloads() {
    downloads.takeTokens();
  }

  /** Puts a file into a folder, as a person does in a browser; returns its id. */
  public String newFile(String folder, String name, byte[] bytes) {
    try {
      var body = bodies.read(out -> out.write(bytes));
      return disk.newFile(folder, name, body, Optional.empty(), Optional.empty()).id();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Moves a file to another folder, as a person does in a browser. */
  public void moveFile(String id, String folder) {
    disk.moveFile(id, folder);
  }

  /** Removes a folder and all in it, as a person does in a browser. */
  public void removeFolder(String id) {
    disk.trashFolder(id, true, Optional.empty());
  }

  /** Returns the id of what has this name in a folder. */
  public String idOf(String folder, String name) {
    return disk.children(folder).stream()
        .filter(item -> item.name().equals(name))
        .map(FakeItem::id)
        .findFirst()
        .orElseThrow();
  }

  /** Sets how long the parts of upload sessions are from now on. */
  public void setPartBytes(int bytes) {
    sessions.setPartBytes(bytes);
  }

  /** Returns how many upload sessions are open. */
  public int openSessions() {
    return sessions.count();
  }

  /** Returns how many items are in the trash. */
  public long trashed() {
    return disk.trashed();
  }

  /** Returns a new folder in the root, as an administrator makes one for an application. */
  public String newFolder(String name) {
    return disk.newFolder(FakeDisk.ROOT, name).id();
  }

  /** Returns a new folder in another one, as a person makes it in a browser. */
  public String newFolder(String parent, String name) {
    return disk.newFolder(parent, name).id();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var request = new FakeRequest(exchange, Long.toString(REQUESTS.incrementAndGet(), 36));
    // Closing comes after the answer, whichever it is.
    try (exchange) {
      try {
        serve(request);
      } catch (Refusal refusal) {
        if (request.isAnswered()) {
          throw new IOException(refusal);
        }
        request.refuse(refusal);
      }
    }
  }

  private void serve(FakeRequest request) throws IOException {
    var route = route(request).orElseThrow(Refusal::notFound);
    calls.count(route.operation());
    if (route.isOfTheApi()) {
      tokens.require(request);
      limits.count(route.isUpload());
    }
    if (faults.take(FakeFaults.Kind.THROTTLED, route.operation())) {
      throw FakeLimits.throttled(1);
    }
    if (faults.take(FakeFaults.Kind.UNAVAILABLE, route.operation())) {
      request.answer(503);
      return;
    }
    if (faults.take(FakeFaults.Kind.CONFLICT, route.operation())) {
      throw new Refusal(409, "conflict", "A resource with this value already exists");
    }
    if (faults.take(FakeFaults.Kind.ANSWER_LOST, route.operation())) {
      request.loseAnswer();
    }
    route.handler().handle(request);
  }

  private Optional<Route> route(FakeRequest request) {
    return routes.stream()
        .filter(route -> route.matches(request.method(), request.path()))
        .findFirst();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    bodies.close();
  }
}
