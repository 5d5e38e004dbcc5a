package io.raic.gateway.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Shows all bytes that are read from a stream to somebody else. */
final class TappedInput extends FilterInputStream {
  /** Is shown bytes. */
  @FunctionalInterface
  interface Tap {
    /** Sees the next {@code length} bytes; {@code data} belongs to the reader. */
    void see(byte[] data, int offset, int length);
  }

  private final Tap tap;

  TappedInput(InputStream in, Tap tap) {
    super(in);
    this.tap = tap;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int got = in.read(target, offset, length);
    if (got > 0) {
      tap.see(target, offset, got);
    }
    return got;
  }
}
