package io.raic.gateway.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** The body of an upload on its way to the gateway: counts bytes and tells when all are sent. */
final class BodyInput extends FilterInputStream {
  private final Activity activity;
  private final Progress progress;
  private final LongConsumer atEnd;
  private long sent;

  /** Passes {@code in} on; {@code atEnd} is told their number when all are handed over. */
  BodyInput(InputStream in, Activity activity, Progress progress, LongConsumer atEnd) {
    super(in);
    this.activity = activity;
    this.progress = progress;
    this.atEnd = atEnd;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    activity.toLocal();
    int got;
    try {
      got = in.read(target, offset, length);
    } catch (IOException e) {
      throw Failure.of("cannot read the input", e);
    } finally {
      activity.backFromLocal();
    }
    if (got < 0) {
      atEnd.accept(sent);
    } else {
      sent += got;
      progress.advance(got);
    }
    return got;
  }
}
