package io.raic.cloud.s3;

import io.raic.cloud.Deadline;
import io.raic.cloud.call.Watch;
import io.raic.cloud.parts.PartTarget;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * One attempt of a request, as the layers below the SDK see it: they find it in {@link #CURRENT},
 * tell it what moves, and give it what it needs to cut them.
 *
 * <p>It begins and ends in the thread that makes the attempt; any thread may cut it.
 */
final class S3Call implements AutoCloseable {
  /** The attempt that the current thread makes. */
  static final ScopedValue<S3Call> CURRENT = ScopedValue.newInstance();

  /** The most bytes of an answer that is not an object; a full page of a listing is a tenth. */
  private static final int MAX_ANSWER_BYTES = 8 << 20;

  private final Thread thread = Thread.currentThread();
  private final Deadline deadline;
  private final boolean opensStream;
  private final Watch watch;
  private Optional<PartTarget.Part> part = Optional.empty();
  private Optional<HttpUriRequestBase> request = Optional.empty();
  private boolean isCut;
  private boolean hasInterrupted;

  private S3Call(Deadline deadline, boolean opensStream) {
    this.deadline = deadline;
    this.opensStream = opensStream;
    this.watch = Watch.of(deadline, this::cut);
  }

  /** Begins an attempt whose whole answer is read in it. */
  static S3Call begin(Deadline deadline) {
    return new S3Call(deadline, false);
  }

  /** Begins an attempt that leaves the body of a good answer to be read after it. */
  static S3Call beginStream(Deadline deadline) {
    return new S3Call(deadline, true);
  }

  Deadline deadline() {
    return deadline;
  }

  /** Notes that bytes have moved. */
  void moved() {
    watch.moved();
  }

  /** Says that the body of the request is {@code sent}. */
  void carries(PartTarget.Part sent) {
    part = Optional.of(sent);
  }

  /** Returns the part that is the body of the request, as it is, if that has {@code length}. */
  Optional<PartTarget.Part> carried(long length) {
    return part.filter(p -> p.length() == length);
  }

  /** Returns how many bytes the body of an answer with this status may have. */
  long answerBytes(int status) {
    return opensStream && status / 100 == 2 ? Long.MAX_VALUE : MAX_ANSWER_BYTES;
  }

  /** Says what has to be ended to cut the attempt from now on. */
  synchronized void sends(HttpUriRequestBase sent) {
    request = Optional.of(sent);
    if (isCut) {
      sent.cancel();
    }
  }

  /** Ends what stands still: the request, or whatever comes before it, such as getting a token. */
  private synchronized void cut() {
    isCut = true;
    if (request.isPresent()) {
      request.get().cancel();
    } else if (!thread.isInterrupted()) {
      hasInterrupted = true;
      thread.interrupt();
    }
  }

  /** Says whether the thread was interrupted to cut it, and not by somebody else before. */
  synchronized boolean hasInterrupted() {
    return hasInterrupted;
  }

  /** Says whether it was cut. */
  boolean isCut() {
    return watch.isCut();
  }

  @Override
  public void close() {
    watch.close();
    synchronized (this) {
      if (hasInterrupted) {
        // It was no interrupt of the caller's.
        Thread.interrupted();
      }
    }
  }
}
