package io.raic.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Keeps the start of an answer as text, and drops what goes beyond a limit. */
final class BodyToText implements BodySubscriber<String> {
  private final int maxBytes;
  private final CompletableFuture<String> result = new CompletableFuture<>();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  BodyToText(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public CompletionStage<String> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (var buffer : buffers) {
      byte[] kept = new byte[Math.min(buffer.remaining(), maxBytes - text.size())];
      buffer.get(kept);
      text.writeBytes(kept);
    }
  }

  @Override
  public void onError(Throwable reason) {
    result.completeExceptionally(reason);
  }

  @Override
  public void onComplete() {
    result.complete(text.toString(UTF_8));
  }
}
