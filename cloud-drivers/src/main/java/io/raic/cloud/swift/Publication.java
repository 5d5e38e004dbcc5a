package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.HttpEntity;

/**
 * The one request that makes an object visible, and what may be believed about it when its answer
 * is lost. For one thread.
 */
final class Publication {
  private final SwiftBackend backend;
  private final Calls calls;
  private final Places places;
  private final ObjectKey key;
  private final boolean onlyCreate;
  private final WriteId id;

  /** Whether an attempt was not answered, or with a failure that may have come after the work. */
  private boolean isLost;

  private boolean mayBeThere;

  Publication(SwiftBackend backend, ObjectKey key, boolean onlyCreate, WriteId id) {
    this.backend = backend;
    this.calls = backend.calls();
    this.places = backend.places();
    this.key = key;
    this.onlyCreate = onlyCreate;
    this.id = id;
  }

  /**
   * What is sent.
   *
   * @param query of the request
   * @param hash of the body; empty if it goes without
   * @param body the object, or its manifest
   * @param isLong whether it is a manifest
   */
  record Content(String query, String hash, HttpEntity body, boolean isLong) {}

  /** Says whether the object may be visible, or become so, whatever was answered. */
  boolean mayBeThere() {
    return mayBeThere;
  }

  /**
   * Makes the object visible. Where something was there it is replaced, and the segments that it
   * was made of are removed; that nothing is there, which is usual, costs no further request.
   */
  void publish(Content content, Deadline deadline) {
    if (create(content, deadline)) {
      return;
    }
    if (onlyCreate) {
      throw new BackendException.PreconditionFailed(
          calls.about(Operation.COMMIT), "the object is there already");
    }
    var seen = backend.find(Operation.COMMIT, key, deadline);
    // A copy that is behind may show what an attempt of this write has left.
    String own = places.segmentNames(key) + id.text() + "/";
    var old =
        backend.segmentsOf(Operation.COMMIT, key, seen, deadline).stream()
            .filter(name -> !name.startsWith(own))
            .toList();
    replace(content, seen, deadline);
    removeReplaced(old, deadline);
  }

  /** Returns false if something is there that another has written. */
  private boolean create(Content content, Deadline deadline) {
    return calls.call(
        Operation.COMMIT,
        deadline,
        number -> {
          if (send(content, true, deadline) || (number > 1 && isOurs(deadline))) {
            mayBeThere = true;
            return true;
          }
          // Ours may have been there in between, and its segments removed by who replaced it.
          if (isLost && (onlyCreate || content.isLong())) {
            throw othersWrote();
          }
          return false;
        });
  }

  /**
   * Replaces what was seen. A manifest is not sent again on the mere hope that it did not arrive:
   * whoever has replaced it meanwhile has removed its segments.
   */
  private void replace(Content content, Optional<Found> seen, Deadline deadline) {
    calls.call(
        Operation.COMMIT,
        deadline,
        number -> {
          if (number > 1 && content.isLong()) {
            var there = backend.findOnce(Operation.COMMIT, key, deadline);
            if (isOurs(there)) {
              return true;
            }
            if (isLost && !there.equals(seen)) {
              throw othersWrote();
            }
          }
          mayBeThere |= send(content, false, deadline);
          return true;
        });
  }

  private BackendException othersWrote() {
    return new BackendException.Unavailable(
        calls.about(Operation.COMMIT), "an answer was lost, and others may have written since");
  }

  private boolean isOurs(Deadline deadline) {
    return isOurs(backend.findOnce(Operation.COMMIT, key, deadline));
  }

  private boolean isOurs(Optional<Found> there) {
    return there.filter(found -> found.info().version().equals(id.version())).isPresent();
  }

  /** Segments are removed only if what they were part of is known to be gone. */
  private void removeReplaced(List<String> old, Deadline deadline) {
    try {
      if (!old.isEmpty() && isOurs(deadline)) {
        backend.removeSegments(Operation.COMMIT, old, deadline);
      }
    } catch (BackendException _) {
      // The object is written; segments that nobody needs are invisible.
    }
  }

  /** Makes one attempt; returns false if it was only to create, and something is there. */
  private boolean send(Content content, boolean onlyIfAbsent, Deadline deadline) {
    try {
      return sendOnce(content, onlyIfAbsent, deadline);
    } catch (BackendException.Unavailable e) {
      isLost = true;
      mayBeThere = true;
      throw e;
    } catch (BackendException.Throttled e) {
      // A proxy says that too when it reached only some of the copies.
      mayBeThere = true;
      throw e;
    }
  }

  private boolean sendOnce(Content content, boolean onlyIfAbsent, Deadline deadline) {
    var answer =
        calls
            .account()
            .exchange(
                Operation.COMMIT,
                deadline,
                0,
                storage -> {
                  String url = storage + places.objectPath(key) + content.query();
                  var request = put(url, content.hash(), content.body());
                  if (onlyIfAbsent) {
                    request.setHeader("If-None-Match", "*");
                  }
                  return request;
                });
    if (answer.status() == 404) {
      throw SwiftErrors.noContainer(calls.about(Operation.COMMIT), places.container());
    }
    if (onlyIfAbsent && answer.status() == 412) {
      return false;
    }
    requireStored(calls, Operation.COMMIT, "the object", answer);
    return true;
  }

  static HttpUriRequestBase put(String url, String hash, HttpEntity body) {
    var request = new HttpUriRequestBase("PUT", URI.create(url));
    if (!hash.isEmpty()) {
      request.setHeader("ETag", hash);
    }
    request.setEntity(body);
    return request;
  }

  /**
   * Fails unless an object was stored. Swift answers 202 where a copy has a write or a removal that
   * is later by the servers' clocks: then that one stays.
   */
  static void requireStored(Calls calls, Operation operation, String what, Answer answer) {
    if (answer.status() == 202) {
      throw new BackendException.Unavailable(
          calls.about(operation), "a later write is there by the servers' clocks");
    }
    if (answer.status() != 201) {
      throw calls.failed(operation, what, answer);
    }
  }
}
