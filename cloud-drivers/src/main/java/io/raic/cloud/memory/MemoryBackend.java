package io.raic.cloud.memory;

import io.raic.cloud.ByteRange;
import io.raic.cloud.Capacity;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Page;
import io.raic.cloud.PartSizes;
import io.raic.cloud.Precondition;
import io.raic.cloud.Traits;
import io.raic.cloud.Upload;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Objects in memory, with {@link #faults} that can be set while it is used and {@link #calls} that
 * are counted; for tests and simulation.
 *
 * <p>It keeps every promise of the interface as long as no fault is set. Calls that wait end when
 * the store is closed, except those that a {@link Fault.Hold} keeps.
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
  private final Set<MemoryDownload> downloads = ConcurrentHashMap.newKeySet();

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
  public String location() {
    return "memory of " + id;
  }

  @Override
  public Traits traits() {
    return new Traits(true, true, MAX_OBJECT_BYTES, PartSizes.NONE);
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    if (length < 0 || length > MAX_OBJECT_BYTES) {
      throw new IllegalArgumentException("an object of %d bytes".formatted(length));
    }
    var step = enter(Operation.BEGIN, deadline);
    step.leave();
    return new MemoryUpload(this, key, (int) length, precondition, deadline, step.ofStream());
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    var step = enter(Operation.GET, deadline);
    var object = objects.find(key, step.isStale());
    step.leave();
    return object.map(found -> {
      var download = new MemoryDownload(this, found, range, deadline, step.ofStream());
      downloads.add(download);
      return download;
    });
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    var step = enter(Operation.STAT, deadline);
    var info = objects.find(key, step.isStale()).map(MemoryObject::info);
    step.leave();
    return info;
  }

  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of %d objects".formatted(limit));
    }
    var step = enter(Operation.LIST, deadline);
    var page = objects.list(prefix, after, limit, step.isStale());
    step.leave();
    return page;
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    var step = enter(Operation.DELETE, deadline);
    boolean wasThere = objects.remove(key);
    step.leave();
    return wasThere;
  }

  @Override
  public void probe(Deadline deadline) {
    enter(Operation.PROBE, deadline).leave();
  }

  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    var step = enter(Operation.CAPACITY, deadline);
    var capacity = new Capacity(capacityBytes, capacityBytes - objects.usedBytes());
    step.leave();
    return Optional.of(capacity);
  }

  @Override
  public void close() {
    closing.countDown();
    downloads.forEach(MemoryDownload::close);
  }

  void ended(MemoryDownload download) {
    downloads.remove(download);
  }

  private Step enter(Operation operation, Deadline deadline) {
    return enter(operation, deadline, List.of(), closing);
  }

  /** As the one below, for calls that end with the store. */
  Step enter(Operation operation, Deadline deadline, List<Fault> ofStream) {
    return enter(operation, deadline, ofStream, closing);
  }

  /**
   * Begins a call, which may wait or fail here.
   *
   * @param ofStream what happens to it besides what is set
   * @param ending at zero once it must not go on
   */
  Step enter(Operation operation, Deadline deadline, List<Fault> ofStream, CountDownLatch ending) {
    calls.came(operation);
    var all = Stream.concat(faults.take(operation).stream(), ofStream.stream()).toList();
    var step = new Step(id, operation, deadline, all, ending);
    step.enter();
    return step;
  }
}
