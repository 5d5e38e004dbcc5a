package io.raic.cloud.swift;

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
import io.raic.cloud.parts.PartedUpload;
import java.util.List;
import java.util.Optional;

/**
 * A container of OpenStack Swift.
 *
 * <p>Swift has no compare-and-swap: {@link Precondition.Matches} is refused. It creates without
 * replacing ({@link Precondition.Absent}) as best it can, which is not enough to be claimed as a
 * trait: a server looks whether something is there before it takes the bytes and not again after,
 * so of writers that race all succeed, and the last one by the servers' clocks stays; and copies
 * that have lost sight of each other do not know of each other's objects. So write names that
 * nobody writes twice, or the same bytes whoever writes them.
 *
 * <p>Reads may see what was replaced a moment ago, and listings may lag. {@link #stat} asks all
 * copies; a read asks one, since that is what a read should cost, and the others only if that one
 * has nothing.
 *
 * <p>Long objects are segments in a container of their own and a manifest. Segments go when the
 * object does; those of an upload whose last answer was lost stay, since the object may be there.
 */
public final class SwiftBackend implements CloudBackend {
  private final String id;
  private final String location;
  private final Calls calls;
  private final Places places;
  private final Segments segments;
  private final SwiftReads reads;
  private final SwiftProbe probe;

  SwiftBackend(String id, String location, Login login, Places places) {
    this.id = id;
    this.location = location;
    this.calls = new Calls(id, login);
    this.places = places;
    this.segments = new Segments(calls, places);
    this.probe = new SwiftProbe(calls, places);
    this.reads = new SwiftReads(calls, places, probe);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public Traits traits() {
    var limits = probe.limits();
    return new Traits(false, false, limits.objectBytes(), limits.parts());
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    var limits = probe.limits();
    if (length < 0 || length > limits.objectBytes()) {
      throw new IllegalArgumentException("an object of %d bytes".formatted(length));
    }
    if (precondition instanceof Precondition.Matches) {
      throw new UnsupportedOperationException(
          id + ": Swift cannot replace an object only if it is the one that was seen");
    }
    calls.enter(Operation.BEGIN, deadline);
    return new PartedUpload(
        id,
        length,
        limits.parts().bytesFor(length),
        deadline,
        new SwiftUpload(this, key, precondition));
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    return reads.get(key, range, deadline);
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    return reads.find(Operation.STAT, key, deadline).map(Found::info);
  }

  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of %d objects".formatted(limit));
    }
    return new SwiftListing(calls, places).page(prefix, after, limit, deadline);
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    var found = find(Operation.DELETE, key, deadline);
    if (found.isEmpty()) {
      return false;
    }
    var names = segmentsOf(Operation.DELETE, key, found, deadline);
    boolean wasThere =
        calls.call(Operation.DELETE, deadline, number -> deleteOnce(number, key, deadline));
    // The object first: it goes at once and as a whole.
    removeSegments(Operation.DELETE, names, deadline);
    return wasThere;
  }

  private boolean deleteOnce(int number, ObjectKey key, Deadline deadline) {
    var answer = calls.send(Operation.DELETE, deadline, "DELETE", places.objectPath(key));
    if (answer.status() == 404) {
      // An attempt whose answer was lost may have removed it.
      return number > 1;
    }
    if (!answer.isSuccess()) {
      throw calls.failed(Operation.DELETE, "removing", answer);
    }
    return true;
  }

  @Override
  public void probe(Deadline deadline) {
    probe.make(deadline);
  }

  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    return probe.capacity(deadline);
  }

  @Override
  public void close() {
    calls.close();
  }

  Calls calls() {
    return calls;
  }

  Places places() {
    return places;
  }

  /** Returns what is at {@code key}. */
  Optional<Found> find(Operation operation, ObjectKey key, Deadline deadline) {
    return reads.find(operation, key, deadline);
  }

  /** Returns what is at {@code key}, in one attempt. */
  Optional<Found> findOnce(Operation operation, ObjectKey key, Deadline deadline) {
    return reads.findOnce(operation, key, deadline);
  }

  /** Returns the segments of what was found at {@code key}. */
  List<String> segmentsOf(
      Operation operation, ObjectKey key, Optional<Found> found, Deadline deadline) {
    return found.filter(Found::isLong).isPresent()
        ? segments.named(operation, key, deadline)
        : List.of();
  }

  /** Removes segments as far as that works. */
  void removeSegments(Operation operation, List<String> names, Deadline deadline) {
    segments.remove(operation, names, probe.limits().hasBulkDelete(), deadline);
  }
}
