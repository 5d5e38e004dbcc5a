package io.raic.cloud.contract;

import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** How tests use a store: whole objects in one call, with a deadline that only a hang reaches. */
public final class StoreUse {
  private static final Duration LONG = Duration.ofSeconds(60);

  private StoreUse() {}

  /** Returns a deadline that no working store misses. */
  public static Deadline soon() {
    return Deadline.in(LONG);
  }

  /** Returns {@code size} bytes that are the same for the same seed. */
  public static byte[] bytes(long seed, int size) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Writes an object, whatever is there. */
  public static ObjectInfo put(CloudBackend store, ObjectKey key, byte[] bytes) {
    return put(store, key, bytes, Precondition.none());
  }

  /** Writes an object in one piece. */
  public static ObjectInfo put(
      CloudBackend store, ObjectKey key, byte[] bytes, Precondition precondition) {
    try (var upload = store.begin(key, bytes.length, precondition, soon())) {
      upload.write(bytes, 0, bytes.length);
      return upload.commit();
    }
  }

  /** Reads a whole object; empty if there is none. */
  public static Optional<byte[]> read(CloudBackend store, ObjectKey key) {
    return read(store, key, ByteRange.ALL);
  }

  /** Reads a part of an object; empty if there is none. */
  public static Optional<byte[]> read(CloudBackend store, ObjectKey key, ByteRange range) {
    return store.get(key, range, soon()).map(StoreUse::drain);
  }

  /** Reads the rest of a download and closes it. */
  public static byte[] drain(Download download) {
    var out = new ByteArrayOutputStream();
    try (download) {
      var buffer = new byte[1 << 16];
      for (int n = 0; n >= 0; n = download.read(buffer, 0, buffer.length)) {
        out.write(buffer, 0, n);
      }
    }
    return out.toByteArray();
  }

  /** Returns all objects below {@code prefix}, listed in pages of at most {@code limit}. */
  public static List<ObjectInfo> list(CloudBackend store, String prefix, int limit) {
    var all = new ArrayList<ObjectInfo>();
    Optional<String> next = Optional.empty();
    do {
      var page = store.list(prefix, next, limit, soon());
      if (page.objects().size() > limit || (page.next().isPresent() && page.next().equals(next))) {
        throw new AssertionError("a page beyond its limit, or one that does not go on: " + page);
      }
      all.addAll(page.objects());
      next = page.next();
    } while (next.isPresent());
    return all;
  }

  /** Returns the keys below {@code prefix}. */
  public static List<String> keys(CloudBackend store, String prefix) {
    return list(store, prefix, 1000).stream().map(info -> info.key().text()).toList();
  }
}
