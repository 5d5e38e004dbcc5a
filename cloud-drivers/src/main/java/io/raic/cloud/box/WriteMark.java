package io.raic.cloud.box;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tells one write from another of the same bytes, so that a write whose answer was lost can be
 * known again.
 *
 * <p>Box lets the sender of bytes say when they were made ({@code content_modified_at}), with an
 * upload, a new version and the end of an upload session alike, and tells it to everybody. It is
 * the only thing that is written together with the bytes in all three: a description is given with
 * none of them by Box's documents, and metadata takes a call of its own, which can be lost by
 * itself. So it holds a random second of the years 2000 to 2025; a file has no other use for it
 * here. Together with size and SHA-1, that mistakes one write for another once in 800 million times
 * that two writers send the same bytes at once and an answer is lost.
 *
 * @param instant the second
 * @param size of the bytes
 * @param sha1 of the bytes, in small hex
 */
record WriteMark(Instant instant, long size, String sha1) {
  private static final long FROM = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
  private static final long TO = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();

  /** Returns a random second. */
  static Instant random() {
    return Instant.ofEpochSecond(ThreadLocalRandom.current().nextLong(FROM, TO));
  }

  /** Says whether a file's current version is of this write. */
  boolean isOf(BoxFile file) {
    return file.size() == size
        && file.sha1().equals(sha1)
        && file.modified().filter(instant::equals).isPresent();
  }
}
