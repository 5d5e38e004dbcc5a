package io.raic.gateway.bench;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The objects that a measurement puts into a store, all below one name. Any thread may write and
 * read; {@link #remove} is for when all have ended.
 */
final class StoredObjects {
  /** How long one step of the store may take. */
  static final Duration STEP = Duration.ofSeconds(30);

  /** How long the removal may take, of all objects together, before the last one begins. */
  private static final Duration REMOVAL = Duration.ofSeconds(60);

  private static final int SLICE = 128 << 10;

  private final CloudBackend backend;
  private final String prefix;
  private final LongSupplier nanoClock;
  private final LongConsumer moved;

  /** Random bytes, which no provider can make shorter, over and over. */
  private final byte[] slice = new byte[SLICE];

  private final AtomicLong names = new AtomicLong();
  private final AtomicLong movedBytes = new AtomicLong();
  private final ConcurrentSkipListSet<ObjectKey> written = new ConcurrentSkipListSet<>();

  /**
   * Prepares to write.
   *
   * @param prefix under which nobody else has objects, with a slash at its end
   * @param moved told of bytes as they pass
   */
  StoredObjects(CloudBackend backend, String prefix, LongSupplier nanoClock, LongConsumer moved) {
    this.backend = backend;
    this.prefix = prefix;
    this.nanoClock = nanoClock;
    this.moved = moved;
    new SecureRandom().nextBytes(slice);
  }

  /** Returns the name of an object that is not there yet. */
  ObjectKey name() {
    return ObjectKey.of(prefix + names.incrementAndGet());
  }

  /** Returns how many bytes have passed, both ways. */
  long movedBytes() {
    return movedBytes.get();
  }

  /** Returns below which name objects may be left; empty if none is. */
  Optional<String> left() {
    return written.isEmpty() ? Optional.empty() : Optional.of(prefix);
  }

  private void pass(int count) {
    movedBytes.addAndGet(count);
    moved.accept(count);
  }

  /** Writes an object; it is durable on return. */
  void write(ObjectKey key, long length) {
    written.add(key);
    try (var upload = backend.begin(key, length, Precondition.none(), Deadline.in(STEP))) {
      for (long done = 0; done < length; ) {
        int count = (int) Math.min(SLICE, length - done);
        upload.write(slice, 0, count);
        pass(count);
        done += count;
      }
      upload.commit();
    } catch (BackendException e) {
      if (!e.canRetryHelp()) {
        // Then nothing is there, and nobody has to look for it.
        written.remove(key);
      }
      throw e;
    }
  }

  /**
   * Reads an object and returns how long its first bytes took.
   *
   * @throws IllegalStateException if it is not what was written
   */
  Duration read(ObjectKey key, long length) {
    long start = nanoClock.getAsLong();
    try (var download =
        backend
            .get(key, ByteRange.ALL, Deadline.in(STEP))
            .orElseThrow(() -> new IllegalStateException("an object that was just put is gone"))) {
      byte[] target = new byte[SLICE];
      long first = 0;
      long done = 0;
      for (int count; (count = download.read(target, 0, target.length)) >= 0; done += count) {
        if (done == 0) {
          first = nanoClock.getAsLong() - start;
        }
        requireSame(target, done, count);
        pass(count);
      }
      if (done != length) {
        throw new IllegalStateException("%d bytes came of an object of %d".formatted(done, length));
      }
      return Duration.ofNanos(first);
    }
  }

  private void requireSame(byte[] target, long position, int count) {
    int from = (int) (position % SLICE);
    int atEnd = Math.min(count, SLICE - from);
    if (!Arrays.equals(target, 0, atEnd, slice, from, from + atEnd)
        || !Arrays.equals(target, atEnd, count, slice, 0, count - atEnd)) {
      throw new IllegalStateException("it gave other bytes than were written");
    }
  }

  /**
   * Removes all, even for a thread that was interrupted, which it still is afterwards.
   *
   * @return why something may be left
   */
  Optional<BackendException> remove() {
    boolean wasInterrupted = Thread.interrupted();
    var failures = new ArrayList<BackendException>();
    try {
      var end = Deadline.in(REMOVAL);
      for (var key : List.copyOf(written)) {
        if (!end.isOver()) {
          remove(key).ifPresent(failures::add);
        }
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return failures.stream().findFirst();
  }

  private Optional<BackendException> remove(ObjectKey key) {
    try {
      backend.delete(key, Deadline.in(STEP));
      written.remove(key);
      return Optional.empty();
    } catch (BackendException e) {
      return Optional.of(e);
    }
  }
}
