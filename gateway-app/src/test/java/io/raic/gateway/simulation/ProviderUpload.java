package io.raic.gateway.simulation;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.Upload;
import io.raic.cloud.VersionToken;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** An object on its way to a provider. */
final class ProviderUpload implements Upload {
  /** What was sent when nobody waited any more arrives soon, or never. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private enum State {
    OPEN,
    FAILED,
    OVER
  }

  private final Provider provider;
  private final RandomGenerator random;
  private final ProviderCall.Room store;
  private final ObjectKey key;
  private final byte[] bytes;
  private final boolean absent;
  private final Deadline deadline;
  private int written;
  private State state = State.OPEN;

  /** Begins an upload, of which the ledger is told; {@code absent} if it may replace nothing. */
  ProviderUpload(
      Provider provider,
      ProviderCall.Room store,
      ObjectKey key,
      int length,
      boolean absent,
      Deadline deadline) {
    this.provider = provider;
    this.random = provider.world().simulation().random();
    this.store = store;
    this.key = key;
    this.bytes = new byte[length];
    this.absent = absent;
    this.deadline = deadline;
    provider.underWay().merge(key.text(), 1, Integer::sum);
    provider.ledger().began(provider, key.text());
  }

  @Override
  public void write(byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    if (length > bytes.length - written) {
      throw new IllegalStateException("more than was announced");
    }
    var call = step(Operation.WRITE);
    call.goes(length);
    if (call.is(Trouble.HANGS_MID_BODY)) {
      call.hang();
    }
    if (call.is(Trouble.RESETS_MID_BODY)) {
      throw call.unavailable("reset");
    }
    System.arraycopy(data, offset, bytes, written, length);
    written += length;
    state = State.OPEN;
  }

  private ProviderCall step(Operation operation) {
    if (state == State.OVER) {
      throw new IllegalStateException("the upload is over");
    }
    if (state == State.FAILED) {
      throw new BackendException.Unavailable(
          Request.of(provider.id(), operation), "the upload has failed");
    }
    state = State.FAILED;
    return new ProviderCall(provider, operation, deadline.step(), store);
  }

  @Override
  public long sentBytes() {
    return written;
  }

  @Override
  public ObjectInfo commit() {
    if (written < bytes.length) {
      throw new IllegalStateException("less than was announced");
    }
    var call = step(Operation.COMMIT);
    try {
      call.goes(0);
    } catch (BackendException.Unavailable | Crash e) {
      // Nobody waits any more, or hears of it, and it may have arrived all the same.
      if (random.nextBoolean()) {
        provider.putLater(key.text(), bytes, absent, SOON);
      }
      throw e;
    }
    if (call.is(Trouble.COMMITS_LATE)) {
      provider.putLater(key.text(), bytes, absent, Provider.LATE);
      call.loseAnswer();
    }
    if (absent && provider.objects().containsKey(key.text())) {
      throw new BackendException.PreconditionFailed(call.request(), "it is there");
    }
    provider.put(key.text(), bytes);
    if (call.is(Trouble.COMMITS_TWICE)) {
      provider.putLater(key.text(), bytes, absent, Provider.LATE);
    }
    call.returns();
    close();
    return new ObjectInfo(key, bytes.length, new VersionToken("v" + Arrays.hashCode(bytes)));
  }

  @Override
  public void close() {
    if (state != State.OVER) {
      state = State.OVER;
      provider.underWay().computeIfPresent(key.text(), (_, n) -> n == 1 ? null : n - 1);
    }
  }
}
