package io.raic.gateway.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * A turn with a file that only one has at a time, among all processes: a lock on an empty file next
 * to it, {@code NAME.lock}, which stays. It ends with the process, if it is not closed before.
 */
record FileTurn(FileChannel channel) implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(50);

  /**
   * Waits for the turn.
   *
   * @throws IOException if it does not come within {@code limit}, or there is no place for the lock
   */
  static FileTurn await(Path file, Duration limit) throws IOException {
    var lock = file.resolveSibling(file.getFileName() + ".lock");
    var channel =
        FileChannel.open(
            lock,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    boolean isLocked = false;
    try {
      long end = System.nanoTime() + limit.toNanos();
      isLocked = tryLock(channel);
      while (!isLocked && System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(PAUSE.toNanos());
        isLocked = tryLock(channel);
      }
    } finally {
      if (!isLocked) {
        channel.close();
      }
    }
    if (!isLocked) {
      throw new IOException("another process works with it: " + lock + " is locked");
    }
    return new FileTurn(channel);
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      // Somebody else in this process.
      return false;
    }
  }

  /** Lets the next one have it. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
