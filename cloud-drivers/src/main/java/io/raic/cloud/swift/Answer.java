package io.raic.cloud.swift;

import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/** An answer that was read to its end: status, headers, and as much body as was wanted. */
final class Answer {
  private final HttpResponse head;
  private final byte[] body;

  Answer(HttpResponse head, byte[] body) {
    this.head = head;
    this.body = body;
  }

  int status() {
    return head.getCode();
  }

  boolean isSuccess() {
    return status() / 100 == 2;
  }

  Optional<String> header(String name) {
    return header(head, name);
  }

  static Optional<String> header(HttpResponse head, String name) {
    return Optional.ofNullable(head.getFirstHeader(name))
        .map(Header::getValue)
        .filter(value -> !value.isBlank());
  }

  byte[] body() {
    return body;
  }
}
