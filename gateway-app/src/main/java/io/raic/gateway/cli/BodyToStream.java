package io.raic.gateway.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Writes the body of an answer to a stream as it arrives; its value is the number of bytes. */
final class BodyToStream implements BodySubscriber<Long> {
  private final OutputStream out;
  private final Activity activity;
  private final Progress progress;
  private final CompletableFuture<Long> result = new CompletableFuture<>();
  private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
  private byte[] copy = new byte[0];
  private long written;

  BodyToStream(OutputStream out, Activity activity, Progress progress) {
    this.out = out;
    this.activity = activity;
    this.progress = progress;
  }

  @Override
  public CompletionStage<Long> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription.complete(given);
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    activity.toLocal();
    try {
      for (var buffer : buffers) {
        write(buffer);
      }
      subscription.join().request(1);
    } catch (IOException e) {
      subscription.join().cancel();
      result.completeExceptionally(Failure.of("cannot write the output", e));
    } finally {
      activity.backFromLocal();
    }
  }

  private void write(ByteBuffer buffer) throws IOException {
    int length = buffer.remaining();
    if (copy.length < length) {
      copy = new byte[length];
    }
    buffer.get(copy, 0, length);
    out.write(copy, 0, length);
    written += length;
    progress.advance(length);
  }

  @Override
  public void onError(Throwable reason) {
    result.completeExceptionally(reason);
  }

  @Override
  public void onComplete() {
    result.complete(written);
  }
}
