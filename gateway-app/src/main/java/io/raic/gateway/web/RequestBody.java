package io.raic.gateway.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body, whose errors are the client's and say so. */
public final class RequestBody extends FilterInputStream {
  /** Reads {@code body}. */
  public RequestBody(InputStream body) {
    super(body);
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      throw new BrokenBodyException(e);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return super.read(target, offset, length);
    } catch (IOException e) {
      throw new BrokenBodyException(e);
    }
  }
}
