package io.raic.gateway.watch;

import io.raic.gateway.web.HostNames;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The port for those who watch: a server of its own, with threads of its own, so that it answers
 * when transfers have taken everything else, and until the last of them has ended.
 *
 * <p>{@link #start} and {@link #close} are for one thread.
 */
public final class WatchServer implements AutoCloseable {
  private static final int MAX_THREADS = 8;
  private static final int MIN_THREADS = 2;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_HEADER_BYTES = 8 << 10;
  private static final int MAX_WAITING = 64;

  /** Idle ones take no thread; those beyond wait until others have ended. */
  private static final int MAX_CONNECTIONS = 1000;

  private static final long IDLE_MILLIS = 30_000;

  private final String address;
  private final int port;
  private final Handler handler;
  private Optional<Server> server = Optional.empty();

  /** Will answer with {@code probes} and {@code metrics}. */
  public WatchServer(String address, int port, Probes probes, Metrics metrics) {
    this.address = address;
    this.port = port;
    this.handler = new WatchHandler(probes, metrics, new HostNames(address, List.of()));
  }

  /**
   * Chooses where to listen.
   *
   * @param given in {@code raic.management.port}
   * @param gatewayPort of the gateway itself; 0 if that is any free one
   */
  public static int port(Optional<Integer> given, int gatewayPort) {
    if (given.isPresent()) {
      int port = given.get();
      require(port >= 0 && port <= MAX_PORT, "%d is no port".formatted(port));
      require(
          port == 0 || port != gatewayPort,
          "%d is the gateway's own port: choose another one".formatted(port));
      return port;
    }
    if (gatewayPort > MAX_PORT) {
      // The gateway says itself that this is none.
      return 0;
    }
    require(
        gatewayPort < MAX_PORT,
        "there is no port after raic.port, which is %d: choose one".formatted(gatewayPort));
    return gatewayPort == 0 ? 0 : gatewayPort + 1;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("raic.management.port: " + otherwise);
    }
  }

  /**
   * Listens.
   *
   * @throws IllegalArgumentException if it cannot; the message names the setting
   */
  public void start() {
    var threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("watch");
    threads.setDaemon(true);
    var made = new Server(threads);
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    var connector = new ServerConnector(made, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptQueueSize(MAX_WAITING);
    made.addConnector(connector);
    made.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, made));
    made.setHandler(handler);
    made.setErrorHandler(WatchHandler::answerError);
    try {
      made.start();
      server = Optional.of(made);
    } catch (Exception e) {
      stop(made);
      throw new IllegalArgumentException(reason(e), e);
    }
  }

  private String reason(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = Objects.requireNonNull(root.getCause());
    }
    return String.valueOf(root.getMessage()).contains("in use")
        ? "raic.management.port: port %d, for health and metrics, is in use: choose another"
            .formatted(port)
        : "raic.management: cannot listen on %s, port %d: %s"
            .formatted(address, port, root.getMessage());
  }

  /** Returns where it listens; empty if it does not. */
  public Optional<Integer> listeningPort() {
    return server.map(s -> ((ServerConnector) s.getConnectors()[0]).getLocalPort());
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception _) {
      // It is not needed any more.
    }
  }

  @Override
  public void close() {
    server.ifPresent(WatchServer::stop);
    server = Optional.empty();
  }
}
