package io.raic.cloud.gcs;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.call.Gate;

/** No bytes of an object that is there. */
final class GcsNothing implements Download {
  private final Gate gate;
  private final Request request;
  private final ObjectInfo info;
  private final Deadline deadline;
  private volatile boolean isClosed;

  GcsNothing(Gate gate, Request request, ObjectInfo info, Deadline deadline) {
    this.gate = gate;
    this.request = request;
    this.info = info;
    this.deadline = deadline;
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    gate.enter(Operation.READ, deadline.next());
    if (isClosed) {
      throw new BackendException.Unavailable(request, "the download is closed");
    }
    return -1;
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
