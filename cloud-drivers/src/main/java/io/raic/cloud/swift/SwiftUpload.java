package io.raic.cloud.swift;

import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import io.raic.cloud.parts.PartTarget;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import tools.jackson.databind.node.ArrayNode;

/**
 * Writes an object: a short one in one request, a long one as segments and a manifest. The bytes of
 * the object go with their MD5, which is what Swift checks; a manifest has those of its segments.
 */
final class SwiftUpload implements PartTarget {
  /** For cleaning up, which nobody waits for longer. */
  private static final Duration CLEANING = Duration.ofSeconds(10);

  private final SwiftBackend backend;
  private final Calls calls;
  private final Places places;
  private final ObjectKey key;
  private final WriteId id = WriteId.random();
  private final Publication publication;
  private final ArrayNode manifest = Json.object().putArray("manifest");
  private int segments;

  SwiftUpload(SwiftBackend backend, ObjectKey key, Precondition precondition) {
    this.backend = backend;
    this.calls = backend.calls();
    this.places = backend.places();
    this.key = key;
    boolean onlyCreate = precondition instanceof Precondition.Absent;
    this.publication = new Publication(backend, key, onlyCreate, id);
  }

  @Override
  public void enter(Operation operation, Deadline deadline) {
    calls.enter(operation, deadline);
  }

  @Override
  public ObjectInfo putWhole(Part whole, Deadline deadline) {
    String hash = hash(whole);
    var body = new Body(whole, id.contentType());
    publication.publish(new Publication.Content("", hash, body, false), deadline);
    return new ObjectInfo(key, whole.length(), id.version());
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
    publication.publish(
        new Publication.Content("?multipart-manifest=put", "", body, true), deadline);
    return new ObjectInfo(key, last.offset() + last.length(), id.version());
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
          Publication.requireStored(calls, operation, "a segment", answer);
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
                Publication.put(
                    storage + places.segmentsPath() + "/" + name,
                    hash,
                    new Body(part, id.contentType())));
  }

  private void makeContainer(Operation operation, Deadline deadline) {
    var answer = calls.send(operation, deadline, "PUT", places.segmentsPath());
    if (!answer.isSuccess()) {
      var words = "container %s does not exist, and making it".formatted(places.segments());
      throw calls.failed(operation, words, answer);
    }
  }

  /** Keeps the segments of an object that may be visible: without them it could not be read. */
  @Override
  public void abandon() {
    if (segments == 0 || publication.mayBeThere() || calls.isClosed()) {
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
