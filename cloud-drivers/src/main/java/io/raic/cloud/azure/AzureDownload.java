package io.raic.cloud.azure;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The bytes of one version of a blob. When their connection breaks, the rest is asked for anew, if
 * it is still the same version.
 */
final class AzureDownload implements Download {
  private final AzureReads reads;
  private final Request request;
  private final ObjectInfo info;
  private final Deadline deadline;
  private final long end;
  private long next;
  private volatile Optional<AzureAnswer> answer;
  private volatile boolean isClosed;

  /**
   * Gives the bytes that {@code opened} brings.
   *
   * @param backend the id of the store
   */
  AzureDownload(AzureReads reads, String backend, AzureReads.Opened opened, Deadline deadline) {
    this.reads = reads;
    this.request = Request.of(backend, Operation.READ);
    this.info = opened.info();
    this.deadline = deadline;
    this.next = opened.start();
    this.end = opened.end();
    this.answer = opened.answer();
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    var step = deadline.next();
    reads.client().enter(Operation.READ, step);
    requireOpen();
    if (next == end) {
      return -1;
    }
    int some = (int) Math.min(length, end - next);
    int got;
    try {
      got = take(target, offset, some, step);
    } catch (BackendException.Unavailable e) {
      got = takeAnew(target, offset, some, step, e);
    }
    next += got;
    if (next == end) {
      answer.ifPresent(done -> done.finish(step));
    }
    return got;
  }

  private void requireOpen() {
    if (isClosed) {
      throw new BackendException.Unavailable(request, "the download is closed");
    }
  }

  private int take(byte[] target, int offset, int length, Deadline step) {
    var source =
        answer.orElseThrow(() -> new BackendException.Unavailable(request, "the connection broke"));
    int got = source.read(target, offset, length, step);
    if (got < 0) {
      throw new BackendException.Unavailable(request, "the bytes end before their end");
    }
    return got;
  }

  /** Goes on where the bytes broke off, as if that had been the first attempt at them. */
  private int takeAnew(
      byte[] target, int offset, int length, Deadline step, BackendException.Unavailable first) {
    return reads
        .client()
        .retrying(
            Operation.READ,
            step,
            number -> {
              dropAnswer();
              if (number == 1) {
                throw first;
              }
              requireOpen();
              return isOpenAnew(step)
                  ? OptionalInt.of(take(target, offset, length, step))
                  : OptionalInt.empty();
            })
        .orElseThrow(
            () -> new BackendException.Unavailable(request, "the object was replaced or removed"));
  }

  /** Asks for the rest, and says whether it is of the same version. */
  private boolean isOpenAnew(Deadline step) {
    var rest = new ByteRange(next, end);
    var again = reads.open(Operation.READ, info.key(), rest, Optional.of(info.version()), step);
    answer = again.flatMap(AzureReads.Opened::answer);
    boolean isSame = again.filter(it -> it.info().equals(info) && it.end() == end).isPresent();
    if (!isSame || isClosed) {
      dropAnswer();
    }
    return isSame;
  }

  private void dropAnswer() {
    answer.ifPresent(AzureAnswer::close);
    answer = Optional.empty();
  }

  @Override
  public void close() {
    isClosed = true;
    answer.ifPresent(AzureAnswer::close);
  }
}
