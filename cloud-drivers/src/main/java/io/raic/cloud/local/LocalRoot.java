package io.raic.cloud.local;

import io.raic.cloud.BackendException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The directory of a store, claimed for this process by a lock on a file in it.
 *
 * <p>Each call looks whether the claim still stands, and stakes it again where it does not: at the
 * first call, when what was in the way is gone, or when somebody removed the directory. So a store
 * works as soon as it can, and until then each call says why it does not.
 */
final class LocalRoot {
  /**
   * The lock files this process has locked. The system's locks do not tell the threads of a process
   * apart, and opening and closing such a file once more would let go of its lock.
   */
  private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

  private record Claim(FileChannel lock, Object identity) {}

  private final Path path;
  private final Path lockFile;
  private final LocalTemporary temporary;
  private final ReentrantLock claiming = new ReentrantLock();
  private volatile Optional<Claim> claim = Optional.empty();
  private volatile boolean closed;

  /** The disk of the claim before; guarded by {@link #claiming}. */
  private Optional<Object> disk = Optional.empty();

  LocalRoot(Path path, LocalTemporary temporary) {
    this.path = path;
    this.lockFile = path.resolve(".lock");
    this.temporary = temporary;
  }

  Path path() {
    return path;
  }

  /** Fails after {@link #close}. */
  void requireOpen(LocalCall call) {
    if (closed) {
      throw call.unavailable("the store is closed");
    }
  }

  /** Sees to it that the directory is there and that no other process uses it. */
  void requireWritable(LocalCall call) throws IOException {
    requireOpen(call);
    if (isClaimed()) {
      return;
    }
    call.acquire(claiming);
    try {
      requireOpen(call);
      if (!isClaimed()) {
        letGo();
        claim = Optional.of(stake(call));
        disk = Optional.of(disk(path));
      }
    } finally {
      claiming.unlock();
    }
  }

  /**
   * As {@link #requireWritable}, but a directory in which nothing can be written, not even a lock,
   * may still be read.
   */
  void requireReadable(LocalCall call) throws IOException {
    try {
      requireWritable(call);
    } catch (IOException e) {
      if (!Files.isDirectory(path)) {
        throw e;
      }
    }
  }

  /** Lets another process use the directory; every later call fails. */
  void close() throws IOException {
    closed = true;
    claiming.lock();
    try {
      letGo();
    } finally {
      claiming.unlock();
    }
  }

  private void letGo() throws IOException {
    var before = claim;
    claim = Optional.empty();
    if (before.isPresent()) {
      // A file that was deleted is gone once it is closed, and a new one may be called as it was.
      synchronized (HELD) {
        try {
          before.get().lock().close();
        } finally {
          HELD.remove(before.get().identity());
        }
      }
    }
  }

  private boolean isClaimed() throws IOException {
    var held = claim;
    return held.isPresent() && identity().equals(held.map(Claim::identity));
  }

  /** Returns what tells the lock file from every other; empty if there is none. */
  private Optional<Object> identity() throws IOException {
    try {
      var file =
          Files.readAttributes(lockFile, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!file.isRegularFile()) {
        throw new IOException("the lock file is not a file");
      }
      return Optional.of(file.fileKey());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private Claim stake(LocalCall call) throws IOException {
    makeRoot(call);
    if (identity().isEmpty()) {
      makeLockFile(call);
    }
    var identity = identity().orElseThrow(() -> new NoSuchFileException(lockFile.toString()));
    if (!hold(identity)) {
      throw inUse(call);
    }
    try {
      return new Claim(lock(call, identity), identity);
    } catch (IOException | RuntimeException e) {
      HELD.remove(identity);
      throw e;
    }
  }

  private static boolean hold(Object identity) {
    synchronized (HELD) {
      return HELD.add(identity);
    }
  }

  /**
   * Makes the directory where only the directory is missing: a missing parent is a missing disk.
   */
  private void makeRoot(LocalCall call) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    requireSameDisk(call, LocalTree.parent(path));
    try {
      Files.createDirectory(path);
    } catch (NoSuchFileException _) {
      throw new NoSuchFileException(LocalTree.parent(path).toString());
    } catch (FileAlreadyExistsException _) {
      if (!Files.isDirectory(path)) {
        throw new NotDirectoryException(path.toString());
      }
    }
  }

  private void makeLockFile(LocalCall call) throws IOException {
    requireSameDisk(call, path);
    try {
      Files.createFile(lockFile);
    } catch (FileAlreadyExistsException _) {
      // Another process was faster; the lock will tell.
    }
  }

  /**
   * Where a disk was unmounted under a running store, its mount point must not become the store.
   */
  private void requireSameDisk(LocalCall call, Path where) throws IOException {
    if (disk.isPresent() && !disk.get().equals(disk(where))) {
      throw call.unavailable("the disk of the directory %s is gone".formatted(path));
    }
  }

  private static Object disk(Path where) throws IOException {
    return Files.getAttribute(where, "unix:dev");
  }

  private FileChannel lock(LocalCall call, Object identity) throws IOException {
    var channel = FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      if (channel.tryLock() == null) {
        throw inUse(call);
      }
      if (!identity().equals(Optional.of(identity))) {
        throw call.unavailable("the directory %s was changed by somebody else".formatted(path));
      }
      makeDurable();
      temporary.clear();
      return channel;
    } catch (OverlappingFileLockException _) {
      channel.close();
      throw inUse(call);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Done at every claim: who made the directory may have died before. */
  private void makeDurable() throws IOException {
    LocalTree.sync(path);
    try {
      LocalTree.sync(LocalTree.parent(path));
    } catch (AccessDeniedException _) {
      // Who may not read the parent was given the directory by somebody who may.
    }
  }

  private BackendException inUse(LocalCall call) {
    return call.unavailable("its directory is in use by another gateway");
  }
}
