package io.raic.cloud.swift;

import io.raic.cloud.parts.PartTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** The bytes of a part, as often as they are wanted; tells how far they are. */
final class Body implements HttpEntity {
  /** What is handed over at once; a socket copies it through a buffer of about this size. */
  private static final int SLICE_BYTES = 1 << 16;

  private final PartTarget.Part part;
  private final String contentType;
  private Runnable moved = () -> {};

  Body(PartTarget.Part part, String contentType) {
    this.part = part;
    this.contentType = contentType;
  }

  /** Tells {@code moved} whenever bytes have gone. */
  void onMove(Runnable moved) {
    this.moved = moved;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (int done = 0; done < part.length(); ) {
      int slice = Math.min(SLICE_BYTES, part.length() - done);
      out.write(part.data(), done, slice);
      done += slice;
      moved.run();
      part.progress().sent(done);
    }
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public InputStream getContent() {
    throw new UnsupportedOperationException("it is only written");
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public @Nullable Supplier<List<? extends Header>> getTrailers() {
    return null;
  }

  @Override
  public void close() {}

  @Override
  public long getContentLength() {
    return part.length();
  }

  @Override
  public String getContentType() {
    return contentType;
  }

  @Override
  public @Nullable String getContentEncoding() {
    return null;
  }

  @Override
  public boolean isChunked() {
    return false;
  }

  @Override
  public Set<String> getTrailerNames() {
    return Set.of();
  }
}
