package io.raic.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.raic.crypto.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;

/** One connection to a gateway, byte for byte, for what a well-behaved client does not do. */
final class Wire implements AutoCloseable {
  private final Socket socket;

  private Wire(Socket socket) {
    this.socket = socket;
  }

  /**
   * What came until the end of the connection.
   *
   * @param head status line and headers
   * @param body what followed, however long it was to be
   * @param reset whether the connection was broken rather than ended
   */
  record Received(String head, Bytes body, boolean reset) {
    String statusLine() {
      return head.lines().findFirst().orElse("");
    }

    /** Returns a header, empty if there is none. */
    String header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .findFirst()
          .orElse("");
    }

    String text() {
      return new String(body.toByteArray(), ISO_8859_1);
    }
  }

  static Wire to(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) Client.DEADLINE.toMillis());
    return new Wire(socket);
  }

  /** Returns the first lines of a request up to and with the empty one. */
  static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\nHost: localhost\r\n\r\n";
  }

  /**
   * Sends a request, whole or as far as the gateway listens to it, and returns all that comes back.
   */
  static Received exchange(int port, String request) throws IOException {
    try (var wire = to(port)) {
      try {
        wire.send(request);
        wire.endOfRequest();
      } catch (SocketException _) {
        // It has heard enough, and answered before.
      }
      return wire.receive();
    }
  }

  void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Sends nothing more, and goes on to listen. */
  void endOfRequest() throws IOException {
    socket.shutdownOutput();
  }

  /** Breaks the connection, as a client that has vanished. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Returns the next line without its end; empty at the end of a head and of the connection. */
  String line() throws IOException {
    var line = new StringBuilder();
    int next;
    while ((next = socket.getInputStream().read()) >= 0 && next != '\n') {
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  /** Waits for the next {@code count} bytes and returns how many came. */
  int skip(int count) throws IOException {
    return socket.getInputStream().readNBytes(count).length;
  }

  /** Returns everything up to the end. */
  Received receive() throws IOException {
    var all = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 << 10];
    boolean reset = false;
    try {
      int got;
      while ((got = socket.getInputStream().read(buffer)) >= 0) {
        all.write(buffer, 0, got);
      }
    } catch (SocketException _) {
      reset = true;
    }
    byte[] bytes = all.toByteArray();
    String text = new String(bytes, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    int headEnd = end < 0 ? bytes.length : end + 4;
    return new Received(
        text.substring(0, headEnd), Bytes.copyOf(bytes, headEnd, bytes.length - headEnd), reset);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
