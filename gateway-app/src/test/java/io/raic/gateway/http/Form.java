package io.raic.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** A multipart form, as a browser sends one. */
final class Form {
  static final String TYPE = "multipart/form-data; boundary=here";

  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

  /** Adds a field. */
  Form field(String name, String value) {
    return part("form-data; name=\"%s\"".formatted(name), value.getBytes(UTF_8));
  }

  /** Adds a file in the field {@code file}. */
  Form file(byte[] content) {
    return part("form-data; name=\"file\"; filename=\"a.bin\"", content);
  }

  private Form part(String disposition, byte[] content) {
    String head = "--here\r\nContent-Disposition: %s\r\n\r\n".formatted(disposition);
    parts.writeBytes(head.getBytes(UTF_8));
    parts.writeBytes(content);
    parts.writeBytes(Client.ascii("\r\n"));
    return this;
  }

  /** Returns the form without the line that ends it. */
  byte[] cutOff() {
    return parts.toByteArray();
  }

  /** Returns the whole form. */
  byte[] body() {
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(parts.toByteArray());
    whole.writeBytes(Client.ascii("--here--\r\n"));
    return whole.toByteArray();
  }
}
