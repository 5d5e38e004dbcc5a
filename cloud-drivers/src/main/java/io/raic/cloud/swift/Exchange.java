package io.raic.cloud.swift;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** A request that is being answered: the head is there, the body comes. */
final class Exchange implements AutoCloseable {
  private final HttpUriRequestBase request;
  private final ClassicHttpResponse response;

  Exchange(HttpUriRequestBase request, ClassicHttpResponse response) {
    this.request = request;
    this.response = response;
  }

  int status() {
    return response.getCode();
  }

  Optional<String> header(String name) {
    return Answer.header(response, name);
  }

  ClassicHttpResponse head() {
    return response;
  }

  /** Returns the body, which the connection is free after the end of. */
  InputStream body() throws IOException {
    var entity = response.getEntity();
    return entity == null ? InputStream.nullInputStream() : entity.getContent();
  }

  /** Ends it from any thread, without waiting for anything. */
  void abort() {
    request.abort();
  }

  /** Ends it; a connection whose answer was not read to its end is closed. */
  @Override
  public void close() {
    try {
      response.close();
    } catch (IOException _) {
      // Nobody wants the rest.
    }
  }
}
