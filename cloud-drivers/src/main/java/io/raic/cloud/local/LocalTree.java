package io.raic.cloud.local;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/**
 * Objects as files in directories below the root, found, put in place and removed.
 *
 * <p>An entry of a directory is durable once the directory itself was synced. An object is durable
 * if that holds for its file and for every directory above it, whoever made them.
 *
 * <p>No symbolic link below the root is followed: what is behind one is not in the store.
 */
final class LocalTree {
  private static final int KEY_LOCKS = 64;

  /** How many directories are remembered as durable before all are forgotten. */
  private static final int MAX_DURABLE = 4096;

  private final Path root;

  /** Shared while something is put into directories, exclusive while empty ones are removed. */
  private final ReadWriteLock directories = new ReentrantReadWriteLock();

  /** Looking at an object and changing it is one step for each key. */
  private final ReentrantLock[] keys =
      IntStream.range(0, KEY_LOCKS)
          .mapToObj(_ -> new ReentrantLock())
          .toArray(ReentrantLock[]::new);

  /** Directories whose entry above them was synced since they were made. */
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();

  LocalTree(Path root) {
    this.root = root;
  }

  /** Returns where an object is, or would be. */
  Path path(ObjectKey key) {
    return root.resolve(key.text());
  }

  /**
   * Returns where the objects are whose keys begin with {@code start}, a key and a slash, or "".
   */
  Path path(String start) {
    return root.resolve(start);
  }

  /** Returns what there is of an object. */
  Optional<ObjectInfo> find(ObjectKey key) throws IOException {
    var path = path(key);
    try {
      return isDirectory(parent(path)) ? info(key, attributes(path)) : Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Returns what {@code file} is as an object; empty if it is none. */
  static Optional<ObjectInfo> info(ObjectKey key, BasicFileAttributes file) {
    return file.isRegularFile()
        ? Optional.of(new ObjectInfo(key, file.size(), LocalVersions.of(file)))
        : Optional.empty();
  }

  /** Returns whether {@code path} is the root, or a directory below it without links between. */
  boolean isDirectory(Path path) throws IOException {
    if (path.equals(root)) {
      return true;
    }
    try {
      return isDirectory(parent(path)) && attributes(path).isDirectory();
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Moves a synced file to where an object has to be, durably, and replaces what is there. */
  void publish(LocalCall call, ObjectKey key, Path file, Precondition precondition)
      throws IOException {
    var directory = parent(path(key));
    try {
      move(call, key, file, precondition);
    } catch (IOException | RuntimeException e) {
      removeEmpty(call, directory);
      throw e;
    }
    syncUpwards(directory);
  }

  private void move(LocalCall call, ObjectKey key, Path file, Precondition precondition)
      throws IOException {
    var target = path(key);
    var lock = lock(key);
    call.acquire(directories.readLock());
    try {
      call.acquire(lock);
      try {
        if (!holds(precondition, find(key))) {
          throw new BackendException.PreconditionFailed(
              call.request(), key + " is not what it was");
        }
        if (isDirectory(target)) {
          throw call.unavailable(key + " is a directory of other objects");
        }
        make(parent(target));
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        lock.unlock();
      }
    } finally {
      directories.readLock().unlock();
    }
  }

  private static boolean holds(Precondition precondition, Optional<ObjectInfo> there) {
    return switch (precondition) {
      case Precondition.None _ -> true;
      case Precondition.Absent _ -> there.isEmpty();
      case Precondition.Matches(var version) ->
          there.map(info -> info.version().equals(version)).orElse(false);
    };
  }

  /**
   * Removes an object, durably, and the directories that are empty then.
   *
   * @return whether there was one
   */
  boolean remove(LocalCall call, ObjectKey key) throws IOException {
    var lock = lock(key);
    call.acquire(lock);
    try {
      if (find(key).isEmpty() || !Files.deleteIfExists(path(key))) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    syncUpwards(parent(path(key)));
    removeEmpty(call, parent(path(key)));
    return true;
  }

  private ReentrantLock lock(ObjectKey key) {
    return keys[Math.floorMod(key.hashCode(), KEY_LOCKS)];
  }

  /** Makes {@code directory} and those above it, each one durable. */
  private void make(Path directory) throws IOException {
    if (directory.equals(root)) {
      return;
    }
    make(parent(directory));
    if (isDirectory(directory) && durable.contains(directory)) {
      return;
    }
    durable.remove(directory);
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException _) {
      // Perhaps by an upload that did not come to sync it: that cannot be seen, so it is done.
      if (!isDirectory(directory)) {
        throw new NotDirectoryException(directory.toString());
      }
    }
    sync(parent(directory));
    if (durable.size() >= MAX_DURABLE) {
      durable.clear();
    }
    durable.add(directory);
  }

  /** Removes {@code directory} and those above it while they are empty, as far as that works. */
  private void removeEmpty(LocalCall call, Path directory) {
    if (!call.tryAcquire(directories.writeLock())) {
      return;
    }
    try {
      for (var d = directory; !d.equals(root); d = parent(d)) {
        if (isDirectory(d)) {
          Files.delete(d);
          durable.remove(d);
        }
      }
    } catch (IOException _) {
      // It holds something, or may not be removed; an empty directory does no harm.
    } finally {
      directories.writeLock().unlock();
    }
  }

  /** Syncs {@code directory}, or where it is gone by now the next one above that is not. */
  private void syncUpwards(Path directory) throws IOException {
    for (var d = directory; !d.equals(root); d = parent(d)) {
      try {
        sync(d);
        return;
      } catch (NoSuchFileException _) {
        // Removed as empty; that is durable if it is so above.
      }
    }
    sync(root);
  }

  /** Makes the entries of {@code directory} durable. */
  static void sync(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static Path parent(Path path) throws IOException {
    var parent = path.getParent();
    if (parent == null) {
      throw new IOException("a path without a directory");
    }
    return parent;
  }
}
