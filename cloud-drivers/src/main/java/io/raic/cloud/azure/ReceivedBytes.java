package io.raic.cloud.azure;

import io.raic.cloud.Deadline;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The bytes of an answer, as they come. The client's own stream waits for ever; this one as long as
 * its reader says, which no clock has to watch then.
 *
 * <p>Some buffers of the client are waiting at most, and the next ones are asked for when those are
 * taken. For one reader, except {@link #close}.
 */
final class ReceivedBytes implements HttpResponse.BodySubscriber<ReceivedBytes>, AutoCloseable {
  /** How often the client may give bytes before some are taken; each time it is some 16 KiB. */
  private static final int READ_AHEAD = 4;

  /** What the client gives. */
  private sealed interface Given {
    /** The next bytes. */
    record Buffers(List<ByteBuffer> buffers) implements Given {}

    /** There are no more, and all were there. */
    record End() implements Given {}

    /** There are no more, though there should be. */
    record Broken() implements Given {}
  }

  /** Why there are no bytes. */
  enum Lack {
    /** All were given. */
    END,
    /** None came in time. */
    LATE,
    /** The connection broke, or this was closed. */
    BROKEN,
    /** The reader's thread was interrupted. */
    INTERRUPTED
  }

  /** What a read gave: some bytes, or the reason for none. */
  sealed interface Read {
    /** How many bytes. */
    record Some(int count) implements Read {}

    /** None. */
    record None(Lack lack) implements Read {}
  }

  /**
   * No more than {@link #READ_AHEAD} are ever in it beside the word of an end: the client gives
   * what is asked.
   */
  private final BlockingQueue<Given> given = new LinkedBlockingQueue<>();

  private final ArrayDeque<ByteBuffer> taken = new ArrayDeque<>();
  private Optional<Lack> over = Optional.empty();
  private volatile Optional<Flow.Subscription> subscription = Optional.empty();
  private volatile boolean isClosed;

  @Override
  public CompletionStage<ReceivedBytes> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription asked) {
    subscription = Optional.of(asked);
    if (isClosed) {
      asked.cancel();
    } else {
      asked.request(READ_AHEAD);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    given.add(new Given.Buffers(buffers));
  }

  @Override
  public void onError(Throwable thrown) {
    given.add(new Given.Broken());
  }

  @Override
  public void onComplete() {
    given.add(new Given.End());
  }

  /** Waits for bytes until the deadline at the latest, and takes some of those that are there. */
  Read read(byte[] target, int offset, int length, Deadline deadline) {
    while (taken.isEmpty() && over.isEmpty()) {
      try {
        var next = given.poll(Math.max(0, deadline.remaining().toNanos()), TimeUnit.NANOSECONDS);
        if (next == null) {
          return new Read.None(Lack.LATE);
        }
        take(next);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return new Read.None(Lack.INTERRUPTED);
      }
    }
    if (over.isPresent()) {
      return new Read.None(over.get());
    }
    return new Read.Some(copy(target, offset, length));
  }

  private void take(Given next) {
    switch (next) {
      case Given.Buffers(var buffers) -> {
        buffers.stream().filter(ByteBuffer::hasRemaining).forEach(taken::add);
        subscription.ifPresent(asked -> asked.request(1));
      }
      case Given.End() -> over = Optional.of(Lack.END);
      case Given.Broken() -> over = Optional.of(Lack.BROKEN);
    }
  }

  private int copy(byte[] target, int offset, int length) {
    int copied = 0;
    while (copied < length && !taken.isEmpty()) {
      var buffer = taken.getFirst();
      int some = Math.min(length - copied, buffer.remaining());
      buffer.get(target, offset + copied, some);
      copied += some;
      if (!buffer.hasRemaining()) {
        taken.removeFirst();
      }
    }
    return copied;
  }

  /** Lets go of the connection, which is used again if all bytes of the answer have come. */
  @Override
  public void close() {
    isClosed = true;
    subscription.ifPresent(Flow.Subscription::cancel);
    given.add(new Given.Broken());
  }
}
