package io.raic.cloud.box.fake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** A file that comes in parts, each at its place in one temporary file. */
final class UploadSession {
  /** How long a part is, but for the last one, if nobody says otherwise. */
  static final int USUAL_PART_BYTES = 8 << 20;

  /** Where the file goes: a new name, or a new version. */
  sealed interface Target {
    /** A file that is not there yet. */
    record NewFile(String folder, String name) implements Target {}

    /** One that is. */
    record NewVersion(String file) implements Target {}
  }

  /** A part that is there. */
  record Part(String id, long offset, long size, String sha1) {
    Object json() {
      return Json.object("part_id", id, "offset", offset, "size", size, "sha1", sha1);
    }
  }

  private final String id;
  private final Target target;
  private final long size;
  private final long partBytes;
  private final Instant end;
  private final Path path;
  private final TreeMap<Long, Part> parts = new TreeMap<>();

  UploadSession(String id, Target target, long size, long partBytes, Instant end, Path path) {
    this.id = id;
    this.target = target;
    this.size = size;
    this.partBytes = partBytes;
    this.end = end;
    this.path = path;
  }

  String id() {
    return id;
  }

  Target target() {
    return target;
  }

  long size() {
    return size;
  }

  Instant end() {
    return end;
  }

  Path path() {
    return path;
  }

  long partBytes() {
    return partBytes;
  }

  long totalParts() {
    return (size + partBytes - 1) / partBytes;
  }

  synchronized List<Part> parts() {
    return List.copyOf(parts.values());
  }

  /** Takes the part from {@code from} to {@code to}, both included. */
  Part take(long from, long to, String digest, InputStream body) throws IOException {
    long length = Math.min(partBytes, size - from);
    if (from < 0 || from % partBytes != 0 || from >= size || to - from + 1 != length) {
      throw new Refusal(416, "requested_range_not_satisfiable", "Not a part of this session");
    }
    byte[] bytes = body.readNBytes((int) length + 1);
    if (bytes.length != length) {
      throw Refusal.badRequest("The body is not as long as its Content-Range says");
    }
    byte[] sha1 = Bodies.sha1().digest(bytes);
    requireDigest(digest, sha1, 412);
    synchronized (this) {
      if (parts.containsKey(from)) {
        // What is uploaded once cannot be uploaded again, not even the same.
        throw new Refusal(409, "range_overlaps_existing_range", "The part is there already");
      }
      try (var file = FileChannel.open(path, StandardOpenOption.WRITE)) {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          file.write(buffer, from + buffer.position());
        }
      }
      String partId = "%08X".formatted(0x1000_0000 + from / partBytes);
      var part = new Part(partId, from, length, HexFormat.of().formatHex(sha1));
      parts.put(from, part);
      return part;
    }
  }

  /** Refuses a commit whose list is not that of all parts, in their order. */
  void requireAll(List<Json> named) {
    var there = parts();
    if (there.size() != totalParts() || named.size() != there.size()) {
      throw Refusal.badRequest("Parts are missing");
    }
    for (int i = 0; i < there.size(); i++) {
      var part = there.get(i);
      boolean isSame =
          named.get(i).text("part_id").equals(Optional.of(part.id()))
              && named.get(i).number("offset").equals(Optional.of(part.offset()))
              && named.get(i).number("size").equals(Optional.of(part.size()));
      if (!isSame) {
        throw Refusal.badRequest("Parts do not match those uploaded");
      }
    }
  }

  static void requireDigest(String header, byte[] sha1, int status) {
    String expected = "sha=" + Base64.getEncoder().encodeToString(sha1);
    String name = header.substring(0, Math.min(4, header.length())).toLowerCase(Locale.ROOT);
    if (!(name + header.substring(name.length())).equals(expected)) {
      throw new Refusal(
          status, "bad_digest", "The specified digest did not match what we received");
    }
  }
}
