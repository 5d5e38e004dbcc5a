package io.raic.cloud.local;

import io.raic.cloud.VersionToken;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How versions of an object are told apart: each is a file with a time of change that no other has.
 *
 * <p>The times a file system gives by itself will not do: they advance in steps of milliseconds,
 * and within one step the number of a file that was just replaced is given to the next one. (A disk
 * that keeps whole seconds only has nothing better.)
 */
final class LocalVersions {
  private static final AtomicLong LAST_NANOS = new AtomicLong();

  private LocalVersions() {}

  /** Returns a time that no version of this process has had, {@code now} or soon after. */
  static FileTime next(FileTime now) {
    long nanos = now.to(TimeUnit.NANOSECONDS);
    return FileTime.from(
        LAST_NANOS.updateAndGet(last -> Math.max(last + 1, nanos)), TimeUnit.NANOSECONDS);
  }

  static VersionToken of(BasicFileAttributes file) {
    return new VersionToken(
        "%s-%d-%d"
            .formatted(
                file.fileKey(), file.lastModifiedTime().to(TimeUnit.NANOSECONDS), file.size()));
  }
}
