package io.raic.gateway.watch;

import io.micrometer.tracing.Tracer;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Capacity;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Page;
import io.raic.cloud.Precondition;
import io.raic.cloud.Traits;
import io.raic.cloud.Upload;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** A store whose calls are spans; pieces of a transfer are not, which would be very many. */
record TracedBackend(CloudBackend backend, Tracer tracer) implements CloudBackend {
  private <T> T span(Operation operation, Optional<ObjectKey> key, Supplier<T> call) {
    return Traces.span(tracer, backend.id(), operation, key, call);
  }

  @Override
  public String id() {
    return backend.id();
  }

  @Override
  public String location() {
    return backend.location();
  }

  @Override
  public Traits traits() {
    return backend.traits();
  }

  @Override
  public Optional<Instant> credentialsEnd() {
    return backend.credentialsEnd();
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    var upload =
        span(
            Operation.BEGIN,
            Optional.of(key),
            () -> backend.begin(key, length, precondition, deadline));
    return new TracedUpload(upload, commit -> span(Operation.COMMIT, Optional.of(key), commit));
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    return span(Operation.GET, Optional.of(key), () -> backend.get(key, range, deadline));
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    return span(Operation.STAT, Optional.of(key), () -> backend.stat(key, deadline));
  }

  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    return span(
        Operation.LIST, Optional.empty(), () -> backend.list(prefix, after, limit, deadline));
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    return span(Operation.DELETE, Optional.of(key), () -> backend.delete(key, deadline));
  }

  @Override
  public void probe(Deadline deadline) {
    var _ =
        span(
            Operation.PROBE,
            Optional.empty(),
            () -> {
              backend.probe(deadline);
              return true;
            });
  }

  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    return span(Operation.CAPACITY, Optional.empty(), () -> backend.capacity(deadline));
  }

  @Override
  public boolean wanted() {
    return backend.wanted();
  }

  @Override
  public void close() {
    backend.close();
  }
}
