package io.raic.cloud.box;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, as it comes: whoever reads waits no longer than it says. A few buffers are
 * asked for ahead, and no more. Read by one thread at a time; closed by any.
 */
final class BoxStream implements HttpResponse.BodySubscriber<BoxStream>, AutoCloseable {
  /** Each is what the connection read at once, 16 KiB mostly. */
  private static final int AHEAD = 4;

  /** What comes. */
  private sealed interface Signal {
    /** Some bytes. */
    record Bytes(List<ByteBuffer> buffers) implements Signal {}

    /** No more. */
    record End(boolean isFailure) implements Signal {}
  }

  /** How a read ended that gave no bytes. */
  enum Ended {
    /** After all bytes that the connection had. */
    WHOLE,
    /** The connection failed, or the stream was closed. */
    FAILED,
    /** Nothing came in time. */
    LATE
  }

  private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final CompletableFuture<BoxStream> started = new CompletableFuture<>();
  private final Deque<ByteBuffer> there = new ArrayDeque<>();
  private Optional<Ended> ended = Optional.empty();
  private Optional<Flow.Subscription> subscription = Optional.empty();
  private boolean isClosed;

  @Override
  public CompletionStage<BoxStream> getBody() {
    return started;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    boolean isWanted;
    synchronized (this) {
      subscription = Optional.of(given);
      isWanted = !isClosed;
    }
    if (isWanted) {
      given.request(AHEAD);
    } else {
      given.cancel();
    }
    started.complete(this);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    signals.add(new Signal.Bytes(buffers));
  }

  @Override
  public void onError(Throwable error) {
    signals.add(new Signal.End(true));
    started.complete(this);
  }

  @Override
  public void onComplete() {
    signals.add(new Signal.End(false));
  }

  /**
   * Reads some bytes.
   *
   * @return how many; 0 if there are none, and {@link #ended} says why
   */
  int read(byte[] target, int offset, int length, Duration wait) throws InterruptedException {
    while (there.isEmpty() && ended.isEmpty()) {
      switch (signals.poll(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        case null -> ended = Optional.of(Ended.LATE);
        case Signal.End(var isFailure) ->
            ended = Optional.of(isFailure ? Ended.FAILED : Ended.WHOLE);
        case Signal.Bytes(var buffers) -> {
          buffers.stream().filter(ByteBuffer::hasRemaining).forEach(there::add);
          subscription().ifPresent(s -> s.request(1));
        }
      }
    }
    var first = there.peek();
    if (first == null) {
      return 0;
    }
    int some = Math.min(length, first.remaining());
    first.get(target, offset, some);
    if (!first.hasRemaining()) {
      there.remove();
    }
    return some;
  }

  private synchronized Optional<Flow.Subscription> subscription() {
    return subscription;
  }

  Ended ended() {
    return ended.orElseThrow();
  }

  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
    }
    subscription().ifPresent(Flow.Subscription::cancel);
    signals.add(new Signal.End(true));
  }
}
