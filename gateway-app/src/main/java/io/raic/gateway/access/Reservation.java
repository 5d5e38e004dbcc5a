package io.raic.gateway.access;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What one upload may store of its caller's quota. Closing it gives back what was not stored.
 *
 * <p>For one thread at a time.
 */
public final class Reservation implements AutoCloseable {
  /** Steps of an upload whose length nobody knows: small ones first, for small files. */
  private static final long FIRST_STEP_BYTES = 1 << 20;

  private static final long MAX_STEP_BYTES = 64 << 20;

  private final Quotas quotas;
  private final Caller caller;
  private final String id;
  private long reservedBytes;
  private long read;
  private long step = FIRST_STEP_BYTES;

  Reservation(Quotas quotas, Caller caller, String id) {
    this.quotas = quotas;
    this.caller = caller;
    this.id = id;
  }

  /** Reserves exactly {@code bytes} in all. */
  void growTo(long bytes) {
    reservedBytes = quotas.reserve(id, caller, bytes, bytes);
  }

  /**
   * Returns {@code plaintext}, which reserves more of the quota while it is read, if it was not
   * known before how long it is. Once.
   *
   * <p>It ends with a {@code BadRequestException} of 507 where the quota does.
   */
  public InputStream of(InputStream plaintext) {
    return new Counted(plaintext);
  }

  /** Counts what was read as stored; nothing is given back any more. */
  public void stored() {
    if (!caller.isOpen()) {
      quotas.stored(id, caller, read);
    }
    reservedBytes = 0;
  }

  @Override
  public void close() {
    if (reservedBytes > 0) {
      quotas.giveBack(id);
    }
  }

  private void count(int bytes) {
    read += bytes;
    if (caller.hasQuota() && read > reservedBytes) {
      reservedBytes = quotas.reserve(id, caller, read, read + step);
      step = Math.min(2 * step, MAX_STEP_BYTES);
    }
  }

  /** The plaintext, counted. */
  private final class Counted extends FilterInputStream {
    Counted(InputStream plaintext) {
      super(plaintext);
    }

    @Override
    public int read() throws IOException {
      int got = super.read();
      count(got < 0 ? 0 : 1);
      return got;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int got = super.read(target, offset, length);
      count(Math.max(0, got));
      return got;
    }
  }
}
