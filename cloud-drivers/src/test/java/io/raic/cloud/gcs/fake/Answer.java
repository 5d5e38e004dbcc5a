package io.raic.cloud.gcs.fake;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What goes back.
 *
 * @param status of HTTP
 * @param headers besides those of the body
 * @param body what follows them
 */
record Answer(int status, Map<String, String> headers, Body body) {
  private static final int PIECE_BYTES = 1 << 16;

  /** What follows the headers. */
  sealed interface Body {}

  /** Nothing. */
  record Nothing() implements Body {}

  /**
   * Words.
   *
   * @param text in UTF-8
   */
  record Text(String text) implements Body {}

  /**
   * A part of an object, which is closed once it was sent.
   *
   * @param file that holds it
   * @param start of the part in the file
   * @param length of the part
   */
  record Stored(FileChannel file, long start, long length) implements Body {}

  static Answer empty(int status) {
    return new Answer(status, Map.of(), new Nothing());
  }

  static Answer json(int status, JsonObject json) {
    return text(status, "application/json; charset=UTF-8", json.toString());
  }

  static Answer text(int status, String type, String text) {
    return new Answer(status, Map.of("Content-Type", type), new Text(text));
  }

  Answer with(Map<String, String> added) {
    var all = new TreeMap<>(headers);
    all.putAll(added);
    return new Answer(status, all, body);
  }

  /** Sends it, and closes what it holds. */
  void send(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    switch (body) {
      case Nothing() -> exchange.sendResponseHeaders(status, -1);
      case Text(var text) -> {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
      }
      case Stored stored -> {
        try (var file = stored.file()) {
          exchange.sendResponseHeaders(status, stored.length() == 0 ? -1 : stored.length());
          send(file, stored, exchange);
        }
      }
    }
  }

  private static void send(FileChannel file, Stored stored, HttpExchange exchange)
      throws IOException {
    var piece = new byte[PIECE_BYTES];
    for (long done = 0; done < stored.length(); ) {
      int wanted = (int) Math.min(piece.length, stored.length() - done);
      int got = file.read(ByteBuffer.wrap(piece, 0, wanted), stored.start() + done);
      exchange.getResponseBody().write(piece, 0, got);
      done += got;
    }
  }
}
