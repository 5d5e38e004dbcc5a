package io.raic.gateway.file;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many files are on their way in one direction, and how many bytes of plaintext have been. For
 * any thread, without locks; a piece of a file costs one addition.
 */
public final class Transfers {
  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /** Counts nothing yet. */
  Transfers() {}

  /** A transfer that goes on until this is closed, once. */
  interface Running extends AutoCloseable {
    @Override
    void close();
  }

  Running begin() {
    begun.increment();
    return ended::increment;
  }

  /** Returns how many go on now. */
  public long running() {
    // In this order: one that begins and ends in between is not counted as less than none.
    long over = ended.sum();
    return begun.sum() - over;
  }

  /** Returns how many bytes went, of transfers that failed too. */
  public long bytes() {
    return bytes.sum();
  }

  InputStream counted(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int one = in.read();
        if (one >= 0) {
          bytes.increment();
        }
        return one;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int got = in.read(target, offset, length);
        if (got > 0) {
          bytes.add(got);
        }
        return got;
      }
    };
  }

  OutputStream counted(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(int one) throws IOException {
        out.write(one);
        bytes.increment();
      }

      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        out.write(source, offset, length);
        bytes.add(length);
      }
    };
  }
}
