package io.raic.gateway.watch;

import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Upload;
import java.util.function.Supplier;

/**
 * An upload whose commit is a span.
 *
 * @param commits makes one of it
 */
record TracedUpload(Upload upload, Committing commits) implements Upload {
  /** How a commit is made. */
  @FunctionalInterface
  interface Committing {
    /** Makes it and returns what it returns. */
    ObjectInfo make(Supplier<ObjectInfo> commit);
  }

  @Override
  public void write(byte[] data, int offset, int length) {
    upload.write(data, offset, length);
  }

  @Override
  public long sentBytes() {
    return upload.sentBytes();
  }

  @Override
  public long heldBackNanos() {
    return upload.heldBackNanos();
  }

  @Override
  public ObjectInfo commit() {
    return commits.make(upload::commit);
  }

  @Override
  public void close() {
    upload.close();
  }
}
