package io.raic.gateway.grid;

import io.raic.crypto.share.ShareSink;

/**
 * A share so short that it is kept until stores have it: no store holds up its making, and any
 * store can still get it when another has failed.
 *
 * <p>For one thread at a time until it is complete, then for any.
 */
final class KeptShare implements ShareSink {
  private final byte[] bytes;
  private int filled;

  /** Makes room for a share of {@code length} bytes. */
  KeptShare(int length) {
    this.bytes = new byte[length];
  }

  @Override
  public void write(byte[] data, int offset, int length) {
    System.arraycopy(data, offset, bytes, filled, length);
    filled += length;
  }

  /** Returns the share itself, which nobody may change. */
  byte[] bytes() {
    if (filled != bytes.length) {
      throw new IllegalStateException("%d of %d bytes came".formatted(filled, bytes.length));
    }
    return bytes;
  }
}
