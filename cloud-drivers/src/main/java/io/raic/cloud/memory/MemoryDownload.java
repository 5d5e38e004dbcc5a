package io.raic.cloud.memory;

import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Operation;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** A part of one version of an object, whatever happens to its key in the meantime. */
final class MemoryDownload implements Download {
  private final MemoryBackend backend;
  private final MemoryObject object;
  private final Deadline deadline;
  private final List<Fault> faults;
  private final long start;
  private final long end;
  private long position;
  private final CountDownLatch closing = new CountDownLatch(1);

  MemoryDownload(
      MemoryBackend backend,
      MemoryObject object,
      ByteRange range,
      Deadline deadline,
      List<Fault> faults) {
    this.backend = backend;
    this.object = object;
    this.deadline = deadline;
    this.faults = faults;
    this.start = range.start();
    this.end = Math.min(range.end(), object.info().size());
    this.position = start;
  }

  @Override
  public ObjectInfo info() {
    return object.info();
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    var step = backend.enter(Operation.READ, deadline.next(), faults, closing);
    if (position >= end) {
      return -1;
    }
    int count = step.pass(position - start, (int) Math.min(length, end - position));
    System.arraycopy(object.bytes(), (int) position, target, offset, count);
    step.flip(target, offset, count, position);
    position += count;
    step.leave();
    backend.calls().passed(Operation.READ, count);
    return count;
  }

  @Override
  public void close() {
    closing.countDown();
    backend.ended(this);
  }
}
