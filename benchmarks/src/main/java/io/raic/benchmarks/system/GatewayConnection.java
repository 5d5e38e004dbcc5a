package io.raic.benchmarks.system;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * A client of the gateway with one connection, opened again when it has ended: as little code
 * between a clock and a socket as possible. For one thread.
 */
final class GatewayConnection implements AutoCloseable {
  private static final int MAX_HEAD_BYTES = 1 << 15;
  private static final int MAX_TEXT_BYTES = 1 << 16;

  /** An answer had a byte that is not the file's. */
  static final class WrongBytes extends IOException {
    private static final long serialVersionUID = 1;

    WrongBytes(String message) {
      super(message);
    }
  }

  /**
   * What came of a request.
   *
   * @param status 0 if there was no answer, or it broke off
   * @param text of the answer, or of what went wrong; empty if it was a file
   * @param redundancy how many shares of a file are stored
   * @param firstNanos until the first byte of the answer's body
   * @param nanos until its end
   */
  record Outcome(int status, String text, OptionalLong redundancy, long firstNanos, long nanos) {
    boolean isDone() {
      return status == 200 || status == 206;
    }

    /** Returns it, if it is well. */
    Outcome orFail() throws IOException {
      if (!isDone()) {
        throw new IOException("the gateway answers %d: %s".formatted(status, text));
      }
      return this;
    }
  }

  private final InetSocketAddress address;
  private final FilePattern pattern;
  private final Watchdog watchdog;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(FilePattern.MAX_PIECE);
  private SocketChannel channel;
  private boolean isUsable;

  /** What an answer's head says. */
  private record Head(int status, long length, OptionalLong redundancy) {}

  GatewayConnection(InetSocketAddress address, FilePattern pattern, Watchdog watchdog)
      throws IOException {
    this.address = address;
    this.pattern = pattern;
    this.watchdog = watchdog;
    this.channel = SocketChannel.open();
  }

  /** Stores a file; the outcome's text is its capability. */
  Outcome put(int file, long length, boolean hasRandomKey) throws WrongBytes {
    String target = hasRandomKey ? "/uri?format=chk&random-key=true" : "/uri";
    String head =
        "PUT %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n"
            .formatted(target, length);
    return ask(head, file, length, 0);
  }

  /** Reads a part of a file, or all of it, and compares it. */
  Outcome get(String capability, int file, long start, long end, boolean isWhole)
      throws WrongBytes {
    String range = isWhole ? "" : "Range: bytes=%d-%d\r\n".formatted(start, end - 1);
    String head = "GET /uri/%s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n".formatted(capability, range);
    return ask(head, file, -(end - start), start);
  }

  /** Asks for anything that has a short answer. */
  Outcome get(String target) throws WrongBytes {
    return ask("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".formatted(target), 0, 0, 0);
  }

  /**
   * Makes a request.
   *
   * @param length of the file that is sent, or less than 0 for one that is to come
   */
  private Outcome ask(String head, int file, long length, long start) throws WrongBytes {
    long began = System.nanoTime();
    try {
      open();
      watchdog.watch(channel);
      writeFully(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
      for (long at = 0; at < length; ) {
        int piece = (int) Math.min(FilePattern.MAX_PIECE, length - at);
        writeFully(pattern.piece(file, at, piece));
        at += piece;
      }
      return answer(file, length < 0 ? -length : 0, start, began);
    } catch (WrongBytes e) {
      isUsable = false;
      throw e;
    } catch (IOException e) {
      isUsable = false;
      long nanos = System.nanoTime() - began;
      return new Outcome(0, String.valueOf(e), OptionalLong.empty(), nanos, nanos);
    } finally {
      watchdog.forget(channel);
    }
  }

  private void open() throws IOException {
    if (!isUsable) {
      channel.close();
      channel = SocketChannel.open(address);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      buffer.clear().limit(0);
      isUsable = true;
    }
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private Outcome answer(int file, long wanted, long start, long began) throws IOException {
    var head = head();
    if (!buffer.hasRemaining() && head.length() > 0) {
      fill();
    }
    long first = System.nanoTime() - began;
    String text = "";
    if (wanted > 0 && (head.status() == 200 || head.status() == 206)) {
      if (head.length() != wanted) {
        throw new WrongBytes("%d bytes come, not %d".formatted(head.length(), wanted));
      }
      compare(file, start, wanted);
    } else {
      text = text(head.length());
    }
    return new Outcome(head.status(), text, head.redundancy(), first, System.nanoTime() - began);
  }

  private void compare(int file, long start, long length) throws IOException {
    for (long at = 0; at < length; ) {
      if (!buffer.hasRemaining()) {
        fill();
      }
      int count = (int) Math.min(buffer.remaining(), length - at);
      int wrong =
          buffer.slice(buffer.position(), count).mismatch(pattern.piece(file, start + at, count));
      if (wrong >= 0) {
        throw new WrongBytes("byte %d is wrong".formatted(start + at + wrong));
      }
      buffer.position(buffer.position() + count);
      at += count;
    }
  }

  private String text(long length) throws IOException {
    if (length > MAX_TEXT_BYTES) {
      throw new IOException("%d bytes of text".formatted(length));
    }
    var bytes = new byte[(int) length];
    for (int at = 0; at < bytes.length; ) {
      if (!buffer.hasRemaining()) {
        fill();
      }
      int count = Math.min(buffer.remaining(), bytes.length - at);
      buffer.get(bytes, at, count);
      at += count;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Head head() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      if (head.length() > MAX_HEAD_BYTES) {
        throw new IOException("the answer has a long head");
      }
      if (!buffer.hasRemaining()) {
        fill();
      }
      head.append((char) (buffer.get() & 0xff));
    }
    String[] lines = head.toString().split("\r\n", -1);
    long length = 0;
    var redundancy = OptionalLong.empty();
    for (String line : lines) {
      String small = line.toLowerCase(Locale.ROOT);
      String value = line.substring(line.indexOf(':') + 1).strip();
      if (small.startsWith("content-length:")) {
        length = Long.parseLong(value);
      } else if (small.startsWith("x-raic-redundancy:")) {
        redundancy = OptionalLong.of(Long.parseLong(value.substring(0, value.indexOf('/'))));
      } else if (small.startsWith("connection:") && value.equalsIgnoreCase("close")) {
        isUsable = false;
      } else if (small.startsWith("transfer-encoding:")) {
        throw new IOException("an answer in chunks");
      }
    }
    return new Head(Integer.parseInt(lines[0].split(" ", -1)[1]), length, redundancy);
  }

  private void fill() throws IOException {
    buffer.clear();
    int read = channel.read(buffer);
    buffer.flip();
    if (read < 0) {
      throw new EOFException("the gateway has ended the connection");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
