package io.raic.gateway.engine;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/** A stream that breaks off with the message "gone" where it should end. */
public final class BreakingInput extends FilterInputStream {
  /** Gives {@code data} first. */
  public BreakingInput(byte[] data) {
    super(new ByteArrayInputStream(data));
  }

  @Override
  public int read() throws IOException {
    return checked(super.read());
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return checked(super.read(target, offset, length));
  }

  private static int checked(int got) throws IOException {
    if (got < 0) {
      throw new IOException("gone");
    }
    return got;
  }
}
