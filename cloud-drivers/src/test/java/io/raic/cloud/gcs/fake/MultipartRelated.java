package io.raic.cloud.gcs.fake;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A body of two parts: the description, then the bytes.
 *
 * <p>Reads as the bytes: the closing delimiter is held back, and demanded.
 */
final class MultipartRelated extends InputStream {
  private static final Pattern TYPE =
      Pattern.compile(
          "multipart/related;.*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70})).*",
          Pattern.CASE_INSENSITIVE);
  private static final int MAX_LINE_BYTES = 4096;
  private static final int MAX_DESCRIPTION_BYTES = 1 << 20;

  private final InputStream in;
  private final byte[] close;
  private final String description;
  private final String mediaType;
  private final byte[] held = new byte[1 << 16];
  private int start;
  private int end;
  private boolean isOver;

  MultipartRelated(InputStream body, String contentType) throws IOException {
    var matcher = TYPE.matcher(contentType);
    if (!matcher.matches()) {
      throw malformed();
    }
    String boundary = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    this.in = new BufferedInputStream(body, 1 << 16);
    this.close = ("\r\n--" + boundary + "--").getBytes(StandardCharsets.ISO_8859_1);
    String line = line();
    // A preamble, often an empty line, may come first.
    for (int i = 0; i < 2 && line.isEmpty(); i++) {
      line = line();
    }
    if (!line.equals("--" + boundary)) {
      throw malformed();
    }
    if (!headers().getOrDefault("content-type", "").startsWith("application/json")) {
      throw Refusal.invalid("Missing content type of the metadata part");
    }
    this.description = untilDelimiter("\r\n--" + boundary + "\r\n");
    this.mediaType = headers().getOrDefault("content-type", "");
  }

  private static Refusal malformed() {
    return Refusal.invalid("Malformed multipart body.");
  }

  String description() {
    return description;
  }

  String mediaType() {
    return mediaType;
  }

  private Map<String, String> headers() throws IOException {
    var headers = new TreeMap<String, String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 0 || headers.size() > 20) {
        throw malformed();
      }
      headers.put(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return headers;
  }

  private String line() throws IOException {
    var line = untilDelimiter("\r\n", MAX_LINE_BYTES);
    return line;
  }

  private String untilDelimiter(String delimiter) throws IOException {
    return untilDelimiter(delimiter, MAX_DESCRIPTION_BYTES);
  }

  private String untilDelimiter(String delimiter, int most) throws IOException {
    var bytes = new ByteArrayOutputStream();
    byte[] wanted = delimiter.getBytes(StandardCharsets.ISO_8859_1);
    int matched = 0;
    while (matched < wanted.length) {
      int b = in.read();
      if (b < 0 || bytes.size() > most) {
        throw malformed();
      }
      bytes.write(b);
      matched = b == wanted[matched] ? matched + 1 : b == wanted[0] ? 1 : 0;
    }
    byte[] all = bytes.toByteArray();
    return new String(all, 0, all.length - wanted.length, StandardCharsets.UTF_8);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    fill();
    int most = isOver ? end - start : end - start - close.length - 2;
    if (most <= 0) {
      return -1;
    }
    int n = Math.min(most, length);
    System.arraycopy(held, start, target, offset, n);
    start += n;
    return n;
  }

  /** Reads until more is held than the closing delimiter needs, or all is there. */
  private void fill() throws IOException {
    while (!isOver && end - start <= close.length + 2) {
      System.arraycopy(held, start, held, 0, end - start);
      end -= start;
      start = 0;
      int n = in.read(held, end, held.length - end);
      if (n < 0) {
        isOver = true;
        cutDelimiter();
      } else {
        end += n;
      }
    }
  }

  private void cutDelimiter() {
    var tail = new String(held, start, end - start, StandardCharsets.ISO_8859_1);
    var delimiter = new String(close, StandardCharsets.ISO_8859_1);
    String bare = tail.endsWith("\r\n") ? tail.substring(0, tail.length() - 2) : tail;
    if (!bare.endsWith(delimiter)) {
      throw malformed();
    }
    end = start + bare.length() - delimiter.length();
  }
}
