package io.raic.gateway.grid;

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
import java.util.stream.Stream;

/**
 * A store that says of every object that it has another length, and a second chunk as long.
 *
 * @param honest what it has
 * @param size what it says
 */
record LyingStore(CloudBackend honest, long size) implements CloudBackend {
  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    var page = honest.list(prefix, after, limit, deadline);
    var lies =
        page.objects().stream()
            .flatMap(object ->
                Stream.of(object.key(), ObjectKey.of(object.key() + ".1"))
                    .map(key -> new ObjectInfo(key, size, object.version())))
            .toList();
    return new Page(lies, page.next());
  }

  @Override
  public String id() {
    return honest.id();
  }

  @Override
  public String location() {
    return honest.location();
  }

  @Override
  public Traits traits() {
    return honest.traits();
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    return honest.begin(key, length, precondition, deadline);
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    return honest.get(key, range, deadline);
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    return honest.stat(key, deadline);
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    return honest.delete(key, deadline);
  }

  @Override
  public void probe(Deadline deadline) {
    honest.probe(deadline);
  }

  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    return honest.capacity(deadline);
  }

  @Override
  public void close() {
    honest.close();
  }
}
