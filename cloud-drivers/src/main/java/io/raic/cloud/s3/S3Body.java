package io.raic.cloud.s3;

import io.raic.cloud.parts.PartTarget;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import software.amazon.awssdk.http.ContentStreamProvider;

/** The body of a request, in one pass and by the largest pieces there are. */
final class S3Body extends AbstractHttpEntity {
  /** What is written at once; a transfer that does not move by this in a step is cut. */
  private static final int SLICE_BYTES = 1 << 17;

  private final ContentStreamProvider content;
  private final long length;
  private final S3Call call;

  S3Body(ContentStreamProvider content, long length, S3Call call) {
    super((String) null, null);
    this.content = content;
    this.length = length;
    this.call = call;
  }

  @Override
  public InputStream getContent() {
    return content.newStream();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    var part = call.carried(length);
    if (part.isPresent()) {
      write(part.get(), out);
      return;
    }
    try (var in = content.newStream()) {
      in.transferTo(new Moving(out));
    }
  }

  private void write(PartTarget.Part part, OutputStream out) throws IOException {
    part.progress().sent(0);
    for (int position = 0; position < part.length(); ) {
      int count = Math.min(SLICE_BYTES, part.length() - position);
      out.write(part.data(), position, count);
      position += count;
      call.moved();
      part.progress().sent(position);
    }
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public long getContentLength() {
    return length;
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public void close() {
    // Nothing is open between two streams.
  }

  /** Tells the call of each piece. */
  private final class Moving extends FilterOutputStream {
    Moving(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] data, int offset, int count) throws IOException {
      out.write(data, offset, count);
      call.moved();
    }
  }
}
