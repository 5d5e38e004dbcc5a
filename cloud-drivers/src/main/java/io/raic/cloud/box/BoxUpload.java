package io.raic.cloud.box;

import com.box.sdkgen.schemas.uploadpart.UploadPart;
import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import io.raic.cloud.parts.PartTarget;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * An upload: in one request if it is one part of ours, or else by an upload session.
 *
 * <p>Box wants at least 20 MB for a session and says how long its parts are, 8 MiB mostly. A part
 * of ours is three of those, so an object that is shorter than a session may be can be sent, and
 * sent again, in one request. Where Box wants parts of another length, what is left over of one
 * part of ours waits for the next.
 */
final class BoxUpload implements PartTarget {
  /** Of our parts: not less than the least of a session, and a multiple of Box's usual parts. */
  static final int PART_BYTES = 24 << 20;

  /** Abandoning is a favour to the provider, who forgets sessions after a week anyway. */
  private static final Duration SOON = Duration.ofSeconds(3);

  private static final byte[] NONE = {};

  private final BoxParts box;
  private final ObjectKey key;
  private final long length;
  private final Precondition precondition;
  private final Instant mark = WriteMark.random();
  private final MessageDigest whole = BoxBytes.sha1();
  private final List<UploadPart> parts = new ArrayList<>();
  private Optional<BoxSessionTarget> session = Optional.empty();
  private byte[] left = NONE;
  private int leftBytes;
  private long sentBytes;

  BoxUpload(BoxParts box, ObjectKey key, long length, Precondition precondition) {
    this.box = box;
    this.key = key;
    this.length = length;
    this.precondition = precondition;
  }

  @Override
  public void enter(Operation operation, Deadline deadline) {
    box.calls().enter(operation, deadline);
  }

  @Override
  public ObjectInfo putWhole(Part part, Deadline deadline) {
    var bytes = BoxBytes.of(part);
    var whole =
        new BoxUploads.Whole(
            bytes, new WriteMark(mark, part.length(), bytes.sha1Hex()), part.progress()::sent);
    return box.calls()
        .told(
            Operation.COMMIT,
            () ->
                done(
                    box.writer().put(key, precondition, whole, deadline), part.length(), deadline));
  }

  @Override
  public void putPart(Part part, Deadline deadline) {
    box.calls()
        .told(
            Operation.WRITE,
            () -> {
              add(part, false, Operation.WRITE, deadline);
              return true;
            });
  }

  @Override
  public ObjectInfo complete(Part last, Deadline deadline) {
    return box.calls().told(Operation.COMMIT, () -> finish(last, deadline));
  }

  private ObjectInfo finish(Part last, Deadline deadline) {
    add(last, true, Operation.COMMIT, deadline);
    byte[] sha1 = whole.digest();
    var written = new WriteMark(mark, length, HexFormat.of().formatHex(sha1));
    var target = session.orElseThrow();
    var ending =
        new BoxSessions.Ending(parts, written, BoxBytes.digestHeader(sha1), target.ifMatch());
    var file = box.committer().commit(key, precondition, target, ending, deadline);
    session = Optional.empty();
    return done(file, length, deadline);
  }

  private ObjectInfo done(BoxFile file, long size, Deadline deadline) {
    if (file.size() != size) {
      throw new BackendException.Corrupt(
          box.calls().request(Operation.COMMIT),
          "%d bytes were sent, and Box has %d".formatted(size, file.size()));
    }
    if (!box.files().isAt(key, file, Operation.COMMIT, deadline)) {
      throw new BackendException.Unavailable(
          box.calls().request(Operation.COMMIT), "somebody moved the file while it was written");
    }
    box.files().remember(key, file.id());
    return file.info(key);
  }

  private void add(Part part, boolean isLast, Operation operation, Deadline deadline) {
    if (session.isEmpty()) {
      session = Optional.of(box.committer().begin(key, precondition, length, deadline));
    }
    int partBytes = session.get().session().partBytes();
    int at = fillLeft(part, partBytes);
    boolean isLeftDone = leftBytes == partBytes || (isLast && at == part.length());
    if (leftBytes > 0 && isLeftDone) {
      send(new BoxBytes(left, 0, leftBytes), part, at - leftBytes, operation, deadline);
      leftBytes = 0;
    }
    while (part.length() - at >= partBytes) {
      send(new BoxBytes(part.data(), at, partBytes), part, at, operation, deadline);
      at += partBytes;
    }
    int rest = part.length() - at;
    if (rest > 0 && isLast) {
      send(new BoxBytes(part.data(), at, rest), part, at, operation, deadline);
    } else if (rest > 0) {
      keep(part, at, rest, partBytes);
    }
  }

  /** Adds to what is left of the part before, and returns where this part goes on. */
  private int fillLeft(Part part, int partBytes) {
    int some = leftBytes == 0 ? 0 : Math.min(partBytes - leftBytes, part.length());
    System.arraycopy(part.data(), 0, left, leftBytes, some);
    leftBytes += some;
    return some;
  }

  private void keep(Part part, int at, int rest, int partBytes) {
    if (left.length == 0) {
      left = new byte[partBytes];
    }
    System.arraycopy(part.data(), at, left, leftBytes, rest);
    leftBytes += rest;
  }

  private void send(BoxBytes bytes, Part part, int at, Operation operation, Deadline deadline) {
    bytes.addTo(whole);
    int before = Math.max(0, at);
    var sent =
        box.sessions()
            .part(
                session.orElseThrow().session(),
                parts.size(),
                sentBytes,
                length,
                bytes,
                operation,
                deadline,
                n -> part.progress().sent(Math.min(part.length(), before + n)));
    parts.add(sent);
    sentBytes += bytes.length();
  }

  @Override
  public void abandon() {
    if (session.isEmpty()) {
      return;
    }
    // An interrupt ends the upload, and this is how it ends.
    boolean wasInterrupted = Thread.interrupted();
    try {
      box.sessions().abandon(session.get().session(), Deadline.in(SOON));
    } catch (BackendException | BoxRefusal _) {
      // Box forgets it by itself.
    } finally {
      session = Optional.empty();
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
