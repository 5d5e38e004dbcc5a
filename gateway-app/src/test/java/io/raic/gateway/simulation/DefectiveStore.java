package io.raic.gateway.simulation;

import io.raic.cloud.ByteRange;
import io.raic.cloud.Capacity;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Page;
import io.raic.cloud.Precondition;
import io.raic.cloud.Traits;
import io.raic.cloud.Upload;
import java.util.Optional;

/** A store as it is, for a test to put a defect in. */
class DefectiveStore implements CloudBackend {
  private final CloudBackend store;

  DefectiveStore(CloudBackend store) {
    this.store = store;
  }

  @Override
  public String id() {
    return store.id();
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public Traits traits() {
    return store.traits();
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    return store.begin(key, length, precondition, deadline);
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    return store.get(key, range, deadline);
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    return store.stat(key, deadline);
  }

  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    return store.list(prefix, after, limit, deadline);
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    return store.delete(key, deadline);
  }

  @Override
  public void probe(Deadline deadline) {
    store.probe(deadline);
  }

  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    return store.capacity(deadline);
  }

  @Override
  public void close() {
    store.close();
  }
}
