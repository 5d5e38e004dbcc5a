package io.raic.gateway.grid;

import io.raic.crypto.capability.StorageIndex;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * One upload of a file at a time makes its shares visible, or takes them back: two uploads of the
 * same content make the same objects, and the one that fails must not remove what the other has
 * promised.
 */
final class CommitLocks {
  private static final int COUNT = 256;

  private final ReentrantLock[] locks =
      IntStream.range(0, COUNT).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

  /** Returns the lock of a file, which it may share with others. */
  ReentrantLock of(StorageIndex storageIndex) {
    return locks[Math.floorMod(storageIndex.hashCode(), COUNT)];
  }
}
