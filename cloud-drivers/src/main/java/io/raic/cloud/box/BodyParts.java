package io.raic.cloud.box;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.IntConsumer;

/**
 * The body of a request: some arrays, one after the other. They are sent in slices as they are
 * wanted, without a copy; each slice that goes is told.
 */
final class BodyParts implements HttpRequest.BodyPublisher {
  private static final int SLICE_BYTES = 1 << 16;

  private final List<BoxBytes> parts;
  private final IntConsumer sent;

  /**
   * Makes a body that can be sent once for each subscriber.
   *
   * @param sent is told how many bytes have gone; starting again is told by a lower number
   */
  BodyParts(List<BoxBytes> parts, IntConsumer sent) {
    this.parts = parts;
    this.sent = sent;
  }

  @Override
  public long contentLength() {
    return parts.stream().mapToLong(BoxBytes::length).sum();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(new Sending(subscriber));
  }

  /** Hands out slices; the subscriber may ask for more from within {@code onNext}. */
  private final class Sending implements Flow.Subscription {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private int part;
    private int at;
    private int passed;
    private long wanted;
    private boolean isGiving;
    private boolean isOver;

    Sending(Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long count) {
      synchronized (this) {
        wanted = Math.min(Long.MAX_VALUE - count, wanted) + count;
        if (isGiving) {
          return;
        }
        isGiving = true;
      }
      while (mayGive()) {
        give();
      }
    }

    private synchronized boolean mayGive() {
      if (wanted == 0 || isOver) {
        isGiving = false;
        return false;
      }
      wanted--;
      return true;
    }

    private void give() {
      while (part < parts.size() && at == parts.get(part).length()) {
        part++;
        at = 0;
      }
      if (part == parts.size()) {
        cancel();
        sent.accept(passed);
        subscriber.onComplete();
        return;
      }
      var bytes = parts.get(part);
      int some = Math.min(SLICE_BYTES, bytes.length() - at);
      var slice = ByteBuffer.wrap(bytes.data(), bytes.offset() + at, some).asReadOnlyBuffer();
      at += some;
      sent.accept(passed);
      passed += some;
      subscriber.onNext(slice);
    }

    @Override
    public synchronized void cancel() {
      isOver = true;
    }
  }
}
