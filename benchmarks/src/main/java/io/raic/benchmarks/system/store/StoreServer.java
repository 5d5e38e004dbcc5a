package io.raic.benchmarks.system.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * An object store on loopback, with its own port, objects, fault and line. It believes every
 * signature and checksum. Bodies come into memory outside of the heap by one copy and go from there
 * by one. For use by many threads.
 */
public final class StoreServer implements AutoCloseable {
  private static final int BACKLOG = 512;

  private final Slabs slabs = new Slabs();
  private final Bucket bucket = new Bucket(slabs);
  private final Weather weather = new Weather();
  private final Map<Kind, LongAdder> requests = new EnumMap<>(Kind.class);
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder bytesAsked = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();
  private final ServerSocketChannel listening;

  /** Starts it, on any port that is free. */
  public StoreServer() throws IOException {
    for (var kind : Kind.values()) {
      requests.put(kind, new LongAdder());
    }
    listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    Thread.ofPlatform().daemon().name("store").start(this::accept);
  }

  private void accept() {
    while (listening.isOpen()) {
      try {
        Thread.ofVirtual().start(new Connection(this, listening.accept()));
      } catch (IOException _) {
        return;
      }
    }
  }

  /** Returns the address. */
  public String endpoint() {
    return "http://127.0.0.1:" + listening.socket().getLocalPort();
  }

  /** Makes it ail, or not any more: connections that hung are reset then. */
  public void set(Fault fault) {
    weather.set(fault);
  }

  /** Returns what ails it. */
  public Fault fault() {
    return weather.fault();
  }

  /** Puts it behind a line. */
  public void set(Link link) {
    weather.set(link);
  }

  /** Returns what was asked of it since it started. */
  public Counts counts() {
    var all = new EnumMap<Kind, Long>(Kind.class);
    requests.forEach((kind, count) -> all.put(kind, count.sum()));
    return new Counts(all, bytesIn.sum(), bytesAsked.sum(), bytesOut.sum());
  }

  /** Returns the names of its objects that begin so, sorted. */
  public List<String> keys(String prefix) {
    return bucket.keys(prefix);
  }

  /** Loses an object. */
  public void lose(String key) {
    bucket.remove(key);
  }

  /** Loses everything. */
  public void clear() {
    bucket.clear();
  }

  Slabs slabs() {
    return slabs;
  }

  Bucket bucket() {
    return bucket;
  }

  Weather weather() {
    return weather;
  }

  void count(Kind kind) {
    java.util.Objects.requireNonNull(requests.get(kind)).increment();
  }

  void countIn(int bytes) {
    bytesIn.add(bytes);
  }

  void countAsked(long bytes) {
    bytesAsked.add(bytes);
  }

  void countOut(int bytes) {
    bytesOut.add(bytes);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    weather.set(new Fault.None());
    bucket.clear();
  }
}
