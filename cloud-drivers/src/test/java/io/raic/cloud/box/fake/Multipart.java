package io.raic.cloud.box.fake;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a body of multipart/form-data, one part after the other, without keeping it. */
final class Multipart {
  private static final Pattern BOUNDARY =
      Pattern.compile("multipart/form-data;.*boundary=\"?([^\";]{1,70})\"?.*");
  private static final Pattern NAME =
      Pattern.compile("content-disposition: *form-data;.*\\bname=\"([^\"]*)\".*");
  private static final int MAX_HEAD_BYTES = 1 << 13;
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final byte[] delimiter;

  private Multipart(InputStream in, byte[] delimiter) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
    this.delimiter = delimiter;
  }

  static Multipart of(FakeRequest request) throws IOException {
    var type = BOUNDARY.matcher(request.header("Content-Type").orElse(""));
    if (!type.matches()) {
      throw new Refusal(415, "unsupported_media_type", "Unsupported media type");
    }
    var boundary = "\r\n--" + type.group(1);
    var parts = new Multipart(request.body(), boundary.getBytes(StandardCharsets.ISO_8859_1));
    if (!parts.line().equals(boundary.substring(2))) {
      throw broken();
    }
    return parts;
  }

  /** Reads the head of the next part and returns its name; empty after the last one. */
  Optional<String> next() throws IOException {
    String name = "";
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.equals("--")) {
        return Optional.empty();
      }
      var named = NAME.matcher(line.toLowerCase(Locale.ROOT));
      name = named.matches() ? named.group(1) : name;
    }
    return Optional.of(name);
  }

  /** Copies the bytes of a part, and reads what divides it from the next. */
  void copyTo(OutputStream out) throws IOException {
    var window = new byte[BUFFER_BYTES + delimiter.length];
    int held = 0;
    while (true) {
      in.mark(BUFFER_BYTES);
      int n = in.read(window, held, BUFFER_BYTES - 1);
      if (n < 0) {
        throw broken();
      }
      int end = indexOf(window, held + n);
      if (end >= 0) {
        out.write(window, 0, end);
        in.reset();
        in.skipNBytes(end + delimiter.length - held);
        rest();
        return;
      }
      int keep = Math.min(held + n, delimiter.length - 1);
      out.write(window, 0, held + n - keep);
      System.arraycopy(window, held + n - keep, window, 0, keep);
      held = keep;
    }
  }

  String text(int maxBytes) throws IOException {
    var out = new ByteArrayOutputStream();
    copyTo(out);
    if (out.size() > maxBytes) {
      throw Refusal.badRequest("The attributes are too long");
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Reads the line end after a delimiter, but leaves the two dashes of the last one. */
  private void rest() throws IOException {
    in.mark(2);
    int first = in.read();
    if (first == '-') {
      in.reset();
    } else if (first != '\r' || in.read() != '\n') {
      throw broken();
    }
  }

  private int indexOf(byte[] window, int length) {
    for (int at = 0; at + delimiter.length <= length; at++) {
      if (window[at] == '\r' && isDelimiter(window, at)) {
        return at;
      }
    }
    return -1;
  }

  private boolean isDelimiter(byte[] window, int at) {
    for (int i = 1; i < delimiter.length; i++) {
      if (window[at + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() > MAX_HEAD_BYTES) {
        throw broken();
      }
      line.append((char) c);
    }
    if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
      throw broken();
    }
    return line.substring(0, line.length() - 1);
  }

  private static Refusal broken() {
    return Refusal.badRequest("Malformed multipart body");
  }
}
