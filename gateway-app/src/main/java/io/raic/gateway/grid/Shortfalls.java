package io.raic.gateway.grid;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.schedule.Scheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * The list of files that were acknowledged with fewer shares than all, until they are mended.
 *
 * <p>Kept in a journal: a line for each change, see {@link Shortfall}. Those who wait for theirs to
 * be durable share one sync; what was cut off by a crash is dropped. Now and then it is written
 * anew. Only its owner can read it: verify capabilities are in it. At most {@link #MAX} files. For
 * any number of threads.
 */
final class Shortfalls implements AutoCloseable {
  /** More would not be a list of accidents any more. */
  static final int MAX = 100_000;

  /** A journal is written anew when so many of its lines say nothing any more. */
  private static final int WASTED_LINES = 10_000;

  private final Path file;
  private final Lock lock;
  private final Condition written;
  private final Map<StorageIndex, Shortfall> all = new LinkedHashMap<>();
  private FileChannel channel;
  private StringBuilder pending = new StringBuilder();
  private long added;
  private long durable;
  private int lines;
  private boolean isWriting;

  /** Whether a write has failed, so that nobody knows what the file holds. */
  private boolean isDoubtful;

  private Shortfalls(Path file, Scheduler scheduler) throws IOException {
    this.file = file;
    this.lock = scheduler.newLock();
    this.written = lock.newCondition();
    read();
    // What was cut off must not become a part of the next line.
    this.channel = rewritten();
  }

  /** Reads the list in {@code file}, which need not exist. */
  static Shortfalls open(Path file, Scheduler scheduler) throws IOException {
    return new Shortfalls(file, scheduler);
  }

  private void read() throws IOException {
    // Whatever a byte was changed to, only its line is none.
    try (var journal = Files.newBufferedReader(file, ISO_8859_1)) {
      for (String line = journal.readLine(); line != null; line = journal.readLine()) {
        Shortfall.parse(line).ifPresent(s -> all.put(s.cap().storageIndex(), s));
        Shortfall.parseGone(line).ifPresent(all::remove);
      }
    } catch (NoSuchFileException _) {
      // Nothing was ever short.
    }
  }

  /** Returns a copy of the list, the oldest first. */
  List<Shortfall> list() {
    lock.lock();
    try {
      return List.copyOf(all.values());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds a file; it is durable on return, and the list is as it was if that fails.
   *
   * @return whether it is on the list: not if that is full
   */
  boolean add(Shortfall shortfall) throws IOException {
    lock.lock();
    try {
      var index = shortfall.cap().storageIndex();
      if (all.size() >= MAX && !all.containsKey(index)) {
        return false;
      }
      var before = Optional.ofNullable(all.put(index, shortfall));
      append(shortfall.line());
      boolean isDurable = false;
      try {
        awaitDurable(added);
        isDurable = true;
      } finally {
        if (!isDurable) {
          undo(shortfall, before);
        }
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while noting what is missing");
    } finally {
      lock.unlock();
    }
  }

  /** What was added may be in the journal, or come there with the next write. */
  private void undo(Shortfall added, Optional<Shortfall> before) {
    var index = added.cap().storageIndex();
    if (added.equals(all.get(index))) {
      all.remove(index);
      before.ifPresent(earlier -> all.put(index, earlier));
      append(before.map(Shortfall::line).orElse(Shortfall.goneLine(index)));
    }
  }

  /**
   * Removes a file, if it is there. After a crash it may be on the list again, and is looked at.
   */
  void remove(StorageIndex index) throws IOException {
    lock.lock();
    try {
      if (all.remove(index) != null) {
        append(Shortfall.goneLine(index));
        if (!isWriting) {
          write(false);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void append(String line) {
    pending.append(line);
    added++;
    lines++;
  }

  /** One of those that wait writes and syncs for all that came before it began. */
  private void awaitDurable(long mine) throws IOException, InterruptedException {
    while (durable < mine) {
      if (isWriting) {
        written.await();
      } else {
        write(true);
      }
    }
  }

  /** Writes what is pending; the lock is given back while the disk works. */
  private void write(boolean isSynced) throws IOException {
    isWriting = true;
    try {
      if (isDoubtful || lines > WASTED_LINES + 2 * all.size()) {
        var old = channel;
        // If it fails after the move, the open channel leads to a file that has no name.
        isDoubtful = true;
        channel = rewritten();
        old.close();
        isDoubtful = false;
        pending = new StringBuilder();
        durable = added;
      } else {
        long upTo = added;
        var next = ByteBuffer.wrap(pending.toString().getBytes(US_ASCII));
        pending = new StringBuilder();
        isDoubtful = true;
        writeUnlocked(next, isSynced);
        isDoubtful = false;
        durable = isSynced ? upTo : durable;
      }
    } finally {
      isWriting = false;
      written.signalAll();
    }
  }

  private void writeUnlocked(ByteBuffer next, boolean isSynced) throws IOException {
    var open = channel;
    lock.unlock();
    try {
      while (next.hasRemaining()) {
        open.write(next);
      }
      if (isSynced) {
        open.force(false);
      }
    } finally {
      lock.lock();
    }
  }

  /** Writes the journal anew, synced, and returns it open at its end. */
  private FileChannel rewritten() throws IOException {
    var next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    var opened =
        FileChannel.open(
            next,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(ownerOnly));
    boolean isDone = false;
    try {
      var text = new StringBuilder();
      all.values().forEach(shortfall -> text.append(shortfall.line()));
      var bytes = ByteBuffer.wrap(text.toString().getBytes(US_ASCII));
      while (bytes.hasRemaining()) {
        opened.write(bytes);
      }
      opened.force(true);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (var directory =
          FileChannel.open(file.toAbsolutePath().resolveSibling("."), StandardOpenOption.READ)) {
        directory.force(true);
      }
      lines = all.size();
      isDone = true;
      return opened;
    } finally {
      if (!isDone) {
        opened.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      channel.close();
    } finally {
      lock.unlock();
    }
  }
}
