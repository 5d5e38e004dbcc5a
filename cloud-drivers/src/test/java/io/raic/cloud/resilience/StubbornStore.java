package io.raic.cloud.resilience;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A driver with a defect: its calls know no deadline, and some no interrupt either. */
final class StubbornStore extends DelegatingStore {
  private final boolean isDeaf;
  final CountDownLatch letGo = new CountDownLatch(1);

  StubbornStore(CloudBackend store, boolean isDeaf) {
    super(store);
    this.isDeaf = isDeaf;
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    while (true) {
      try {
        letGo.await();
        return super.stat(key, deadline);
      } catch (InterruptedException _) {
        if (!isDeaf) {
          Thread.currentThread().interrupt();
          throw new BackendException.Unavailable(Request.of(id(), Operation.STAT), "interrupted");
        }
      }
    }
  }
}
