package io.raic.gateway.provider;

import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import java.time.Duration;
import java.util.Optional;

/**
 * Bytes that follow from a number, written to a store and compared with what it gives back; never
 * more than a slice of them is in memory.
 *
 * @param seed which bytes
 * @param length how many
 */
record TrialObject(int seed, long length) {
  private static final int SLICE = 1 << 16;

  private byte at(long position) {
    long mixed = (position + 1) * 0x9E3779B97F4A7C15L + seed;
    return (byte) (((mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L) >>> 56);
  }

  /** Writes the object. */
  ObjectInfo write(CloudBackend backend, ObjectKey key, Precondition precondition, Duration step) {
    try (var upload = backend.begin(key, length, precondition, Deadline.in(step))) {
      byte[] slice = new byte[(int) Math.min(SLICE, length)];
      for (long done = 0; done < length; done += slice.length) {
        int count = (int) Math.min(slice.length, length - done);
        for (int i = 0; i < count; i++) {
          slice[i] = at(done + i);
        }
        upload.write(slice, 0, count);
      }
      return upload.commit();
    }
  }

  /**
   * Reads a part and compares it.
   *
   * @return what is wrong; empty if nothing is
   */
  Optional<String> compare(CloudBackend backend, ObjectKey key, ByteRange range, Duration step) {
    var found = backend.get(key, range, Deadline.in(step));
    if (found.isEmpty()) {
      return Optional.of("the object is not there");
    }
    try (var download = found.get()) {
      return compare(download, range);
    }
  }

  private Optional<String> compare(Download download, ByteRange range) {
    long end = Math.min(length, range.end());
    byte[] slice = new byte[SLICE];
    for (long position = range.start(); ; ) {
      int count = download.read(slice, 0, slice.length);
      if (count < 0) {
        return position == end
            ? Optional.empty()
            : Optional.of("it gave %d bytes too few".formatted(end - position));
      }
      for (int i = 0; i < count; i++, position++) {
        if (position >= end) {
          return Optional.of("it gave more bytes than were asked for");
        }
        if (slice[i] != at(position)) {
          return Optional.of("byte %d is not what was written".formatted(position));
        }
      }
    }
  }
}
