package io.raic.cloud.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on loopback that passes bytes to a server and back, and lets a {@link WireFault}
 * happen to them; the fault can be changed while connections are open.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BACKLOG = 128;

  /** A fault, how many requests it has answered, and whether it has struck at all. */
  record Setting(WireFault fault, AtomicInteger answered, CountDownLatch struck) {
    /** Makes a new one, for each {@link #set}. */
    static Setting of(WireFault fault) {
      return new Setting(fault, new AtomicInteger(), new CountDownLatch(1));
    }
  }

  private final InetSocketAddress server;
  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Connection> open = new HashSet<>();
  private final AtomicInteger made = new AtomicInteger();
  private final CountDownLatch look = new CountDownLatch(1);
  private volatile Setting setting = Setting.of(new WireFault.None());
  private volatile boolean isClosed;

  /** Starts a proxy in front of {@code server}. */
  public FaultProxy(InetSocketAddress server) {
    this.server = server;
    try {
      listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Returns where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort());
  }

  /** Lets {@code fault} happen from now on, also on connections that are open. */
  public void set(WireFault fault) {
    setting = Setting.of(fault);
  }

  /** Lets everything pass again. */
  public void clear() {
    set(new WireFault.None());
  }

  /** Lets the server be gone for all connections that are open, for ever; new ones pass. */
  public void vanish() {
    List<Connection> all;
    synchronized (open) {
      all = List.copyOf(open);
    }
    all.forEach(Connection::vanish);
  }

  /** Waits until the fault that is set has stopped something, and says whether it did in time. */
  public boolean awaitStruck(Duration limit) throws InterruptedException {
    return setting.struck().await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Returns how many connections were made so far. */
  public int made() {
    return made.get();
  }

  /** Returns how many connections the client has open. Of dead ones nobody knows until a look. */
  public int open() {
    synchronized (open) {
      return open.size();
    }
  }

  /**
   * Looks, from now on, which dead connections the client has closed, and waits until no more than
   * {@code most} of all are open, or time is over. Returns how many there are.
   */
  public int awaitOpen(int most, Duration limit) throws InterruptedException {
    look.countDown();
    long end = System.nanoTime() + limit.toNanos();
    synchronized (open) {
      for (long left = limit.toMillis(); open.size() > most && left > 0; ) {
        open.wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
      return open.size();
    }
  }

  /** Waits for somebody to look. */
  void awaitLook() {
    try {
      look.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Notes that the client has closed a connection, or that it was closed for it. */
  void closed(Connection connection) {
    synchronized (open) {
      open.remove(connection);
      open.notifyAll();
    }
  }

  Setting setting() {
    return setting;
  }

  private void accept() {
    while (!isClosed) {
      try {
        var client = listening.accept();
        made.incrementAndGet();
        sockets.add(client);
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    var upstream = new Socket();
    sockets.add(upstream);
    try {
      upstream.connect(server);
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
    } catch (IOException _) {
      reset(client);
      return;
    }
    var connection = new Connection(this, client, upstream);
    synchronized (open) {
      open.add(connection);
    }
    Thread.ofVirtual().start(connection::passRequests);
    Thread.ofVirtual().start(connection::passAnswers);
  }

  /** Ends a connection so that the other side gets an error and not an end. */
  void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // It is closed already.
    }
    end(socket);
  }

  /** Ends a connection. */
  void end(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException _) {
      // It is as closed as it can be.
    }
  }

  boolean isClosed() {
    return isClosed;
  }

  @Override
  public void close() {
    isClosed = true;
    look.countDown();
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(this::reset);
  }
}
