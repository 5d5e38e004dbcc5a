package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import io.raic.cloud.parts.PartTarget;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import tools.jackson.databind.node.ArrayNode;

/**
 * Writes an object: a short one in one request, a long one as segments and a manifest. Every body
 * goes with its MD5, which is what Swift checks.
 */
final class SwiftUpload implements PartTarget {
  /** For cleaning up, which nobody waits for longer. */
  private static final Duration CLEANING = Duration.ofSeconds(10);

  private final SwiftBackend backend;
  private final Calls calls;
  private final Places places;
  private final ObjectKey key;
  private final boolean onlyCreate;
  private final WriteId id = WriteId.random();
  private final ArrayNode manifest = Json.object().putArray("manifest");
  private int segments;

  /** Whether the manifest may be there although its answer was lost. */
  private boolean mayBeThere;

  SwiftUpload(SwiftBackend backend, ObjectKey key, Precondition precondition) {
    this.backend = backend;
    this.calls = backend.calls();
    this.places = backend.places();
    this.key = key;
    this.onlyCreate = precondition instanceof Precondition.Absent;
  }

  @Override
  public void enter(Operation operation, Deadline deadline) {
    calls.enter(operation, deadline);
  }

  @Override
  public ObjectInfo putWhole(Part whole, Deadline deadline) {
    String hash = hash(whole);
    return publish("", hash, new Body(whole, id.contentType()), whole.length(), deadline);
  }

  @Override
  public void putPart(Part part, Deadline deadline) {
    putSegment(Operation.WRITE, part, deadline);
  }

  @Override
  public ObjectInfo complete(Part last, Deadline deadline) {
    putSegment(Operation.COMMIT, last, deadline);
    byte[] json = Json.write(manifest);
    var body = new ByteArrayEntity(json, ContentType.parse(id.contentType()));
    return publish("?multipart-manifest=put", "", body, last.offset() + last.length(), deadline);
  }

  private void putSegment(Operation operation, Part part, Deadline deadline) {
    String hash = hash(part);
    String name = places.segmentName(key, id, part.number());
    segments = part.number() + 1;
    calls.call(
        operation,
        deadline,
        _ -> {
          var answer = sendSegment(operation, part, hash, name, deadline);
          if (answer.status() == 404) {
            makeContainer(operation, deadline);
            answer = sendSegment(operation, part, hash, name, deadline);
          }
          if (!answer.isSuccess()) {
            throw calls.failed(operation, "a segment", answer);
          }
          return answer.status();
        });
    manifest
        .addObject()
        .put("path", "/" + places.segments() + "/" + name)
        .put("etag", hash)
        .put("size_bytes", part.length());
  }

  private Answer sendSegment(
      Operation operation, Part part, String hash, String name, Deadline deadline) {
    return calls
        .account()
        .exchange(
            operation,
            deadline,
            0,
            storage ->
                put(
                    storage + places.segmentsPath() + "/" + name,
                    hash,
                    new Body(part, id.contentType())));
  }

  private static HttpUriRequestBase put(String url, String hash, HttpEntity body) {
    var request = new HttpUriRequestBase("PUT", URI.create(url));
    if (!hash.isEmpty()) {
      request.setHeader("ETag", hash);
    }
    request.setEntity(body);
    return request;
  }

  private void makeContainer(Operation operation, Deadline deadline) {
    var answer = calls.send(operation, deadline, "PUT", places.segmentsPath());
    if (!answer.isSuccess()) {
      var words = "container %s does not exist, and making it".formatted(places.segments());
      throw calls.failed(operation, words, answer);
    }
  }

  /**
   * Makes the object visible. Where something was there it is replaced, and the segments that it
   * was made of are removed; that nothing is there, which is usual, costs no further request.
   */
  private ObjectInfo publish(
      String query, String hash, HttpEntity body, long size, Deadline deadline) {
    boolean isDone = send(query, hash, body, true, deadline);
    if (!isDone) {
      if (onlyCreate) {
        throw new BackendException.PreconditionFailed(
            calls.about(Operation.COMMIT), "the object is there already");
      }
      var old = backend.segmentsOf(Operation.COMMIT, key, deadline);
      send(query, hash, body, false, deadline);
      backend.removeSegments(Operation.COMMIT, old, deadline);
    }
    return new ObjectInfo(key, size, id.version());
  }

  /** Returns false if something is there that may not be replaced. */
  private boolean send(
      String query, String hash, HttpEntity body, boolean onlyIfAbsent, Deadline deadline) {
    return calls.call(
        Operation.COMMIT,
        deadline,
        number -> {
          try {
            boolean isDone = sendOnce(query, hash, body, onlyIfAbsent, deadline);
            // What is there may be what an attempt has written whose answer was lost.
            isDone |=
                !isDone
                    && number > 1
                    && backend.isVersion(Operation.COMMIT, key, id.version(), deadline);
            mayBeThere = isDone;
            return isDone;
          } catch (BackendException.Unavailable e) {
            mayBeThere = true;
            throw e;
          }
        });
  }

  private boolean sendOnce(
      String query, String hash, HttpEntity body, boolean onlyIfAbsent, Deadline deadline) {
    var answer =
        calls
            .account()
            .exchange(
                Operation.COMMIT,
                deadline,
                0,
                storage -> {
                  var request = put(storage + places.objectPath(key) + query, hash, body);
                  if (onlyIfAbsent) {
                    request.setHeader("If-None-Match", "*");
                  }
                  return request;
                });
    if (answer.status() == 404) {
      throw SwiftErrors.noContainer(calls.about(Operation.COMMIT), places.container());
    }
    if (!answer.isSuccess() && !(onlyIfAbsent && answer.status() == 412)) {
      throw calls.failed(Operation.COMMIT, "the object", answer);
    }
    return answer.isSuccess();
  }

  /** Keeps the segments of an object that may be visible: without them it could not be read. */
  @Override
  public void abandon() {
    if (segments == 0 || mayBeThere || calls.isClosed()) {
      return;
    }
    boolean wasInterrupted = Thread.interrupted();
    try {
      var names = IntStream.range(0, segments).mapToObj(n -> places.segmentName(key, id, n));
      backend.removeSegments(Operation.COMMIT, names.toList(), Deadline.in(CLEANING));
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String hash(Part part) {
    try {
      var md5 = MessageDigest.getInstance("MD5");
      md5.update(part.data(), 0, part.length());
      return HexFormat.of().formatHex(md5.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
