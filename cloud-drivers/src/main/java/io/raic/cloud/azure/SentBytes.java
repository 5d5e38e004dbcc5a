package io.raic.cloud.azure;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.IntConsumer;

/**
 * The bytes of a request, handed on in slices of the array they are in. The client's own publisher
 * of arrays copies the whole array first, and tells nobody how far it is.
 */
final class SentBytes {
  /** No bytes. */
  static final SentBytes NONE = new SentBytes(new byte[0], 0, _ -> {});

  private static final int SLICE_BYTES = 1 << 14;

  private final byte[] data;
  private final int length;
  private final IntConsumer progress;

  /**
   * Sends the first {@code length} bytes of {@code data}, which nobody changes while they are sent.
   *
   * @param progress told by any thread how many have gone on their way; less if it starts again
   */
  SentBytes(byte[] data, int length, IntConsumer progress) {
    this.data = data;
    this.length = length;
    this.progress = progress;
  }

  int length() {
    return length;
  }

  /**
   * Returns what the client sends.
   *
   * @param moved run each time that some more bytes have gone
   */
  HttpRequest.BodyPublisher publisher(Runnable moved) {
    return length == 0
        ? HttpRequest.BodyPublishers.noBody()
        : new HttpRequest.BodyPublisher() {
          @Override
          public long contentLength() {
            return length;
          }

          @Override
          public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            subscriber.onSubscribe(new Slices(subscriber, moved));
          }
        };
  }

  /** One pass over the bytes. The subscriber asks in turn, but also while it is given a slice. */
  private final class Slices implements Flow.Subscription {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final Runnable moved;
    private long wanted;
    private int done;
    private boolean isGiving;
    private boolean isOver;

    private Slices(Flow.Subscriber<? super ByteBuffer> subscriber, Runnable moved) {
      this.subscriber = subscriber;
      this.moved = moved;
    }

    @Override
    public synchronized void request(long count) {
      wanted += Math.max(0, Math.min(count, Integer.MAX_VALUE - wanted));
      if (isGiving) {
        return;
      }
      isGiving = true;
      while (wanted > 0 && !isOver) {
        give();
      }
      isGiving = false;
    }

    private void give() {
      wanted--;
      progress.accept(done);
      moved.run();
      int some = Math.min(SLICE_BYTES, length - done);
      var slice = ByteBuffer.wrap(data, done, some).asReadOnlyBuffer();
      done += some;
      isOver = done == length;
      subscriber.onNext(slice);
      if (isOver) {
        progress.accept(length);
        subscriber.onComplete();
      }
    }

    @Override
    public synchronized void cancel() {
      isOver = true;
    }
  }
}
