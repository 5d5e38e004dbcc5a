package io.raic.benchmarks.drivers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A server on loopback, in a process of its own so that its costs are not the client's: raw
 * sockets, a thread each, bodies read into one buffer and forgotten.
 */
final class SinkServer {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int MAX_HEAD_BYTES = 1 << 16;

  private final Sink sink;

  private SinkServer(Sink sink) {
    this.sink = sink;
  }

  /**
   * Prints the port and serves until standard input ends.
   *
   * @param args the name of the {@link Subject}
   */
  public static void main(String[] args) throws IOException {
    var server = new SinkServer(Subject.named(args[0]).sink());
    var listening = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(() -> server.accept(listening));
    System.out.println(listening.getLocalPort());
    while (System.in.read() >= 0) {
      // Nothing is said; it ends with whoever started it.
    }
    System.exit(0);
  }

  private void accept(ServerSocket listening) {
    while (true) {
      try {
        var socket = listening.accept();
        socket.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new Exchange(socket.getInputStream(), socket.getOutputStream()).run();
    } catch (IOException _) {
      // The client has gone.
    }
  }

  /** One connection. */
  private final class Exchange {
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] zeros = new byte[BUFFER_BYTES];
    private final byte[] start = new byte[Ask.START_BYTES];
    private int from;
    private int to;

    Exchange(InputStream in, OutputStream out) {
      this.in = in;
      this.out = out;
    }

    void run() throws IOException {
      for (String head = head(); !head.isEmpty(); head = head()) {
        String[] lines = head.split("\r\n", -1);
        String[] first = lines[0].split(" ", -1);
        var headers = new HashMap<String, String>();
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
          int colon = lines[i].indexOf(':');
          headers.put(
              lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
              lines[i].substring(colon + 1).strip());
        }
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
          out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        long bytes =
            headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")
                ? skipChunks()
                : skip(Long.parseLong(headers.getOrDefault("content-length", "0")), 0);
        var text = Ask.Text.of(start, (int) Math.min(bytes, start.length));
        answer(
            first[0], sink.answer(new Ask(first[0], first[1], Map.copyOf(headers), bytes, text)));
      }
    }

    private boolean fill() throws IOException {
      from = 0;
      to = Math.max(0, in.read(buffer));
      return to > 0;
    }

    /** Returns what is up to an empty line; empty at the end of the connection. */
    private String head() throws IOException {
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
        if (head.length() > MAX_HEAD_BYTES || (from == to && !fill())) {
          return "";
        }
        head.append((char) (buffer[from++] & 0xff));
      }
      return head.toString();
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      while (!line.toString().endsWith("\r\n")) {
        if (from == to && !fill()) {
          throw new IOException("the body ends early");
        }
        line.append((char) (buffer[from++] & 0xff));
      }
      return line.substring(0, line.length() - 2);
    }

    private long skipChunks() throws IOException {
      long all = 0;
      for (int size = chunk(); size > 0; size = chunk()) {
        all = skip(size, all);
        line();
      }
      while (!line().isEmpty()) {
        // A trailer.
      }
      return all;
    }

    private int chunk() throws IOException {
      return Integer.parseInt(line().replaceAll(";.*", ""), 16);
    }

    /**
     * Reads some bytes of a body of which {@code before} were read, and returns how many in all.
     */
    private long skip(long bytes, long before) throws IOException {
      long done = before;
      for (long left = bytes; left > 0; ) {
        if (from == to && !fill()) {
          throw new IOException("the body ends early");
        }
        int some = (int) Math.min(left, to - from);
        if (done < start.length) {
          int kept = (int) Math.min(some, start.length - done);
          System.arraycopy(buffer, from, start, (int) done, kept);
        }
        from += some;
        done += some;
        left -= some;
      }
      return done;
    }

    private void answer(String method, Answer answer) throws IOException {
      byte[] body = answer.body().getBytes(StandardCharsets.ISO_8859_1);
      var head = new StringBuilder("HTTP/1.1 %d Sunk\r\n".formatted(answer.status()));
      answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      if (answer.status() != 204) {
        head.append("Content-Length: " + Math.max(body.length, answer.zeros()) + "\r\n");
      }
      out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      if (!method.equals("HEAD")) {
        out.write(body);
        for (long left = answer.zeros(); left > 0; left -= zeros.length) {
          out.write(zeros, 0, (int) Math.min(left, zeros.length));
        }
      }
    }
  }
}
