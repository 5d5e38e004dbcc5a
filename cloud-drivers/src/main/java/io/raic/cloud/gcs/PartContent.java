package io.raic.cloud.gcs;

import com.google.api.client.http.HttpContent;
import io.raic.cloud.call.Watch;
import io.raic.cloud.parts.PartTarget.Part;
import java.io.IOException;
import java.io.OutputStream;

/** A part of an object, from some byte on, as the body of a request; it can be sent again. */
final class PartContent implements HttpContent {
  /** What is written at once: short enough to notice that bytes move. */
  private static final int SLICE_BYTES = 64 << 10;

  private final String type;
  private final byte[] head;
  private final Part part;
  private final int from;
  private final byte[] tail;
  private final Watch watch;

  /**
   * Makes a body.
   *
   * @param head what comes before the part
   * @param from the first byte of the part that is sent
   * @param tail what comes after it
   * @param watch is told when bytes move
   */
  PartContent(String type, byte[] head, Part part, int from, byte[] tail, Watch watch) {
    this.type = type;
    this.head = head;
    this.part = part;
    this.from = from;
    this.tail = tail;
    this.watch = watch;
  }

  @Override
  public long getLength() {
    return (long) head.length + part.length() - from + tail.length;
  }

  @Override
  public String getType() {
    return type;
  }

  @Override
  public boolean retrySupported() {
    return true;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(head);
    for (int done = from; done < part.length(); ) {
      int slice = Math.min(SLICE_BYTES, part.length() - done);
      out.write(part.data(), done, slice);
      done += slice;
      watch.moved();
      part.progress().sent(done);
    }
    out.write(tail);
    out.flush();
  }
}
