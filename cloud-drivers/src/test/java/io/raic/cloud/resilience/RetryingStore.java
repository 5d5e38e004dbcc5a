package io.raic.cloud.resilience;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.call.Retrier;
import java.util.Optional;

/** A driver that repeats what can be repeated, as all over the network do. */
final class RetryingStore extends DelegatingStore {
  private final Retrier retrier;

  RetryingStore(CloudBackend store, Retrier retrier) {
    super(store);
    this.retrier = retrier;
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    return retrier.call(deadline, _ -> super.stat(key, deadline));
  }
}
