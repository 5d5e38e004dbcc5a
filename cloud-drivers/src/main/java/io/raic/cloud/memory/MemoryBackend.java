package io.raic.cloud.memory;

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Objects in memory, with {@link #faults} that can be set while it is used and {@link #calls} that
 * are counted; for tests and simulation.
 *
 * <p>It keeps every promise of the interface as long as no fault is set. Calls that wait end when
 * the store is closed.
 */
public final class MemoryBackend implements CloudBackend {
  /** What a store holds unless told otherwise. */
  public static final long CAPACITY_BYTES = 1L << 40;

  /** An object is one array. */
  private static final int MAX_OBJECT_BYTES = Integer.MAX_VALUE - 8;

  private final String id;
  private final long capacityBytes;
  private final MemoryObjects objects;
  private final Faults faults = new Faults();
  private final Calls calls = new Calls();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Makes an empty store. */
  public MemoryBackend(String id) {
    this(id, CAPACITY_BYTES);
  }

  /** Makes an empty store that takes {@code capacityBytes} in all. */
  public MemoryBackend(String id, long capacityBytes) {
    this.id = id;
    this.capacityBytes = capacityBytes;
    this.objects = new MemoryObjects(id, capacityBytes);
  }

  /** Returns what goes wrong, to be set. */
  public Faults faults() {
    return faults;
  }

  /** Returns what was called. */
  public Calls calls() {
    return calls;
  }

  /** Returns the objects, to be looked at and tampered with. */
  public MemoryObjects objects() {
    return objects;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Traits traits() {
    return new Traits(true, true, MAX_OBJECT_BYTES);
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    if (length < 0 || length > MAX_OBJECT_BYTES) {
      throw new IllegalArgumentException("an object of %d bytes".formatted(length));
    }
    var step = enter(Operation.BEGIN, deadline, List.of());
    step.leave();
    return new MemoryUpload(this, key, (int) length, precondition, deadline, step.ofStream());
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    var step = enter(Operation.GET, deadline, List.of());
    var object = objects.find(key, step.isStale());
    step.leave();
    return object.map(found -> new MemoryDownload(this, found, range, deadline, step.ofStream()));
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    var step = enter(Operation.STAT, deadline, List.of());
    var info = objects.find(key, step.isStale()).map(MemoryObject::info);
    step.leave();
    return info;
  }

  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of %d objects".formatted(limit));
    }
    var step = enter(Operation.LIST, deadline, List.of());
    var page = objects.list(prefix, after, limit, step.isStale());
    step.leave();
    return page;
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    var step = enter(Operation.DELETE, deadline, List.of());
    boolean wasThere = objects.remove(key);
    step.leave();
    return wasThere;
  }

  @Override
  public void probe(Deadline deadline) {
    enter(Operation.PROBE, deadline, List.of()).leave();
  }

  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    var step = enter(Operation.CAPACITY, deadline, List.of());
    var capacity = new Capacity(capacityBytes, capacityBytes - objects.usedBytes());
    step.leave();
    return Optional.of(capacity);
  }

  @Override
  public void close() {
    closing.countDown();
  }

  /** Begins a call, which may wait or fail here; {@code ofStream} happen to it as well. */
  Step enter(Operation operation, Deadline deadline, List<Fault> ofStream) {
    calls.came(operation);
    var all = Stream.concat(faults.take(operation).stream(), ofStream.stream()).toList();
    var step = new Step(id, operation, deadline, all, closing);
    step.enter();
    return step;
  }
}
