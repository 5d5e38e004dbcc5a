package io.raic.benchmarks.system.store;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** One connection to a store, served by one thread. */
final class Connection implements Runnable {
  private static final int MAX_HEAD_BYTES = 1 << 14;

  /** The store that is asked. */
  private final StoreServer store;

  private final SocketChannel channel;

  /** What has come and is not used yet is from the position to the limit. */
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_HEAD_BYTES).limit(0);

  Connection(StoreServer store, SocketChannel channel) {
    this.store = store;
    this.channel = channel;
  }

  @Override
  public void run() {
    try (channel) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (store.weather().fault() instanceof Fault.Refuse) {
        return;
      }
      serve();
    } catch (IOException _) {
      // The client has gone.
    }
  }

  private void serve() throws IOException {
    try {
      for (var head = head(); head.isPresent(); head = head()) {
        exchange(Request.parse(head.get()));
      }
    } catch (Weather.Broken broken) {
      if (broken.isReset()) {
        // Closing then sends RST and forgets what is on its way.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    }
  }

  /** Returns what is up to an empty line; nothing at the end of the connection. */
  private Optional<String> head() throws IOException {
    int looked = 0;
    while (true) {
      for (int at = buffer.position() + looked; at + 4 <= buffer.limit(); at++) {
        if (buffer.getInt(at) == 0x0d0a0d0a) {
          var bytes = new byte[at - buffer.position()];
          buffer.get(bytes).position(buffer.position() + 4);
          return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
        }
      }
      looked = Math.max(0, buffer.remaining() - 3);
      buffer.compact();
      int read = buffer.hasRemaining() ? channel.read(buffer) : -1;
      buffer.flip();
      if (read < 0) {
        return Optional.empty();
      }
    }
  }

  private void exchange(Request request) throws IOException {
    var kind = Kind.of(request);
    store.count(kind);
    var fault = store.weather().weather();
    if (fault instanceof Fault.Refuse) {
      throw new Weather.Broken(false);
    }
    var body = store.slabs().take(request.contentLength());
    read(body, fault);
    store.weather().latency();
    if (fault instanceof Fault.Busy(int seconds)) {
      store.slabs().give(body);
      send(
          Reply.text(
              503,
              Map.of("Retry-After", Integer.toString(seconds)),
              "<Error><Code>SlowDown</Code></Error>"),
          kind,
          fault);
      return;
    }
    var reply = store.bucket().answer(kind, request, body);
    try {
      send(reply, kind, fault);
    } finally {
      reply.object().ifPresent(Stored::release);
    }
  }

  private void read(ByteBuffer[] body, Fault fault) throws IOException {
    for (int i = 0; i < body.length; i++) {
      var piece = body[i];
      if (i == body.length / 2 && fault instanceof Fault.Reset) {
        throw new Weather.Broken(true);
      }
      int there = Math.min(piece.remaining(), buffer.remaining());
      piece.put(buffer.slice(buffer.position(), there));
      buffer.position(buffer.position() + there);
      while (piece.hasRemaining()) {
        store.weather().weather();
        if (channel.read(piece) < 0) {
          throw new EOFException();
        }
      }
      store.weather().moved(piece.limit(), true);
      store.countIn(piece.limit());
    }
  }

  private void send(Reply reply, Kind kind, Fault fault) throws IOException {
    store.weather().weather();
    var head = ByteBuffer.wrap(reply.head().getBytes(StandardCharsets.ISO_8859_1));
    if (kind == Kind.HEAD || reply.object().isEmpty()) {
      String text = kind == Kind.HEAD ? "" : reply.text();
      write(head, ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
      return;
    }
    var object = reply.object().get();
    store.countAsked(reply.length());
    long middle = (reply.start() + reply.end()) / 2;
    for (long at = reply.start(); at < reply.end(); ) {
      var piece = object.bytes(at, reply.end());
      int length = piece.remaining();
      if (at + length > middle) {
        switch (fault) {
          case Fault.Reset _ -> throw new Weather.Broken(true);
          case Fault.Truncate _ -> {
            write(head, piece.limit(length / 2));
            throw new Weather.Broken(false);
          }
          default -> {}
        }
      }
      write(head, fault instanceof Fault.Corrupt ? corrupt(piece) : piece);
      at += length;
      store.countOut(length);
      store.weather().moved(length, false);
      store.weather().weather();
    }
    write(head, ByteBuffer.allocate(0));
  }

  private static ByteBuffer corrupt(ByteBuffer piece) {
    var copy = ByteBuffer.allocate(piece.remaining()).put(piece).flip();
    int middle = copy.limit() / 2;
    return copy.put(middle, (byte) (copy.get(middle) ^ 1));
  }

  private void write(ByteBuffer head, ByteBuffer body) throws IOException {
    if (head.hasRemaining()) {
      var both = new ByteBuffer[] {head, body};
      while (head.hasRemaining() || body.hasRemaining()) {
        channel.write(both);
      }
    }
    while (body.hasRemaining()) {
      channel.write(body);
    }
  }
}
