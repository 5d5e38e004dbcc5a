package io.raic.cloud.gcs.fake;

import com.google.gson.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A resumable upload: pieces of 256 KiB in order, the last one of any length. */
final class Session {
  /** Every piece but the last one is a multiple of it. */
  static final int UNIT_BYTES = 256 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Bucket bucket;
  private final String name;
  private final JsonObject said;
  private final Preconditions preconditions;
  private final long announced;
  private final Path file;
  private long persisted;
  private Optional<Answer> end = Optional.empty();

  /**
   * Begins one.
   *
   * @param announced bytes of the object; -1 where the client does not know
   */
  Session(
      Bucket bucket,
      String name,
      JsonObject said,
      Preconditions preconditions,
      long announced,
      Path file)
      throws IOException {
    this.bucket = bucket;
    this.name = name;
    this.said = said;
    this.preconditions = preconditions;
    this.announced = announced;
    this.file = file;
    Files.createFile(file);
  }

  Answer put(Call call) throws IOException {
    lock.lock();
    try {
      if (end.isPresent()) {
        return end.get();
      }
      var range = ContentRange.of(call.header("Content-Range"), call.length());
      requireTotal(range.total());
      if (range.isQuestion()) {
        return range.total() == persisted ? finished(call) : standing();
      }
      requirePiece(range);
      append(range, call.body());
      if (range.isLast()) {
        requireAll(range.total());
      }
      return range.isLast() ? finished(call) : standing();
    } finally {
      lock.unlock();
    }
  }

  private void requireTotal(long total) {
    if (total >= 0 && (total < persisted || (announced >= 0 && total != announced))) {
      throw Refusal.plain(
          400,
          "Invalid request.  The total of the Content-Range header, %d, does not fit the upload."
              .formatted(total));
    }
  }

  private void requireAll(long total) {
    if (total >= 0 && total != persisted) {
      throw Refusal.plain(400, "Invalid request.  The object is not of the length announced.");
    }
  }

  private void requirePiece(ContentRange range) {
    if (range.start() > persisted) {
      // 503, as the service does.
      throw Refusal.plain(
          503,
          ("Invalid request.  According to the Content-Range header, the upload offset is %d"
                  + " byte(s), which exceeds already uploaded size of %d byte(s).")
              .formatted(range.start(), persisted));
    }
    long length = range.end() - range.start();
    if (!range.isLast() && length % UNIT_BYTES != 0) {
      throw Refusal.plain(
          400,
          ("Invalid request.  The number of bytes uploaded is required to be a multiple of %d,"
                  + " except for the final request.  The received request contained %d bytes.")
              .formatted(UNIT_BYTES, length));
    }
  }

  /** Adds what is new; of a body that breaks off, whole units are kept. */
  private void append(ContentRange range, InputStream body) throws IOException {
    long known = persisted;
    long at = range.start();
    try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var buffer = new byte[1 << 16];
      while (at < range.end()) {
        int n = body.read(buffer, 0, (int) Math.min(buffer.length, range.end() - at));
        if (n < 0 && range.end() == ContentRange.OPEN) {
          break;
        }
        if (n < 0) {
          throw new EOFException("the body is shorter than its range");
        }
        // Bytes that are there already are passed over.
        int skipped = Math.clamp(known - at, 0, n);
        for (var rest = ByteBuffer.wrap(buffer, skipped, n - skipped); rest.hasRemaining(); ) {
          out.write(rest, at + rest.position());
        }
        at += n;
      }
      persisted = Math.max(persisted, at);
    } catch (IOException e) {
      persisted = Math.max(persisted, at - at % UNIT_BYTES);
      throw e;
    } finally {
      truncate();
    }
  }

  private void truncate() throws IOException {
    try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      out.truncate(persisted);
    }
  }

  private Answer standing() {
    var answer = Answer.empty(308);
    return persisted == 0 ? answer : answer.with(Map.of("Range", "bytes=0-" + (persisted - 1)));
  }

  private Answer finished(Call call) throws IOException {
    try {
      var stored =
          Inserts.insert(
              bucket, name, said, Content.of(file), call.header("x-goog-hash"), preconditions);
      var answer = Answer.json(200, stored.json());
      end = Optional.of(answer);
      return answer;
    } catch (Refusal e) {
      end = Optional.of(e.answer());
      throw e;
    }
  }

  /** Gives it up; what has become an object stays one. */
  Answer cancel() {
    lock.lock();
    try {
      if (end.isEmpty()) {
        over(Answer.empty(499));
      }
      return Answer.empty(499);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets it, as the service does after a week. */
  void expire() {
    lock.lock();
    try {
      if (end.isEmpty()) {
        over(Refusal.plain(410, "The upload session is no longer available.").answer());
      }
    } finally {
      lock.unlock();
    }
  }

  private void over(Answer answer) {
    end = Optional.of(answer);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isOpen() {
    lock.lock();
    try {
      return end.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
