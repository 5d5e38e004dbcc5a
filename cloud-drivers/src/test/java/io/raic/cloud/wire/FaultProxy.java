package io.raic.cloud.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on loopback that passes bytes to a server and back, and lets a {@link WireFault}
 * happen to them; the fault can be changed while connections are open.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BACKLOG = 128;

  /** A fault, and how many requests it has answered; a new one for each {@link #set}. */
  record Setting(WireFault fault, AtomicInteger answered) {}

  private final InetSocketAddress server;
  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Setting setting = new Setting(new WireFault.None(), new AtomicInteger());
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
    setting = new Setting(fault, new AtomicInteger());
  }

  /** Lets everything pass again. */
  public void clear() {
    set(new WireFault.None());
  }

  Setting setting() {
    return setting;
  }

  private void accept() {
    while (!isClosed) {
      try {
        var client = listening.accept();
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
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(this::reset);
  }
}
