package io.raic.cloud.local;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Capacity;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Page;
import io.raic.cloud.Precondition;
import io.raic.cloud.Traits;
import io.raic.cloud.Upload;
import io.raic.cloud.VersionToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Objects as files: key {@code a/b} is the file {@code a/b} below the root.
 *
 * <p>An object is written to a temporary file, synced, renamed, and its directory synced: after a
 * crash it is there as a whole or not at all, and a committed one is there. Directories that were
 * removed while the store is open are made again, the root too as long as its parent is there.
 * Deadlines hold between file operations; a single one cannot be cut short by Java.
 */
public final class LocalBackend implements CloudBackend {
  private static final String LOCK = ".lock";

  private final String id;
  private final LocalDirectory directory;
  private final FileChannel lock;

  private LocalBackend(String id, LocalDirectory directory, FileChannel lock) {
    this.id = id;
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Opens the store below {@code root}, which is made if its parent is there.
   *
   * @throws BackendException if it cannot be used, or another process uses it
   */
  public static LocalBackend open(String id, Path root) {
    var directory = new LocalDirectory(root.toAbsolutePath().normalize());
    try {
      directory.ensureRoot();
      var lock =
          FileChannel.open(
              directory.root().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!lock(lock)) {
        lock.close();
        throw new BackendException.Unavailable(
            id, "the directory %s is in use by another gateway".formatted(directory.root()));
      }
      directory.clearTemporary();
      return new LocalBackend(id, directory, lock);
    } catch (IOException e) {
      throw LocalErrors.translate(id, "open the directory " + directory.root(), e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Traits traits() {
    return new Traits(true, true, Long.MAX_VALUE);
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    if (length < 0) {
      throw new IllegalArgumentException("an object of %d bytes".formatted(length));
    }
    requireTime(deadline, "write");
    try {
      var temporary = directory.newTemporary();
      return new LocalUpload(this, key, length, precondition, temporary);
    } catch (IOException e) {
      throw LocalErrors.translate(id, "write", e);
    }
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    requireTime(deadline, "read");
    try {
      var channel = FileChannel.open(path(key), StandardOpenOption.READ);
      try {
        var info = info(key, Files.readAttributes(path(key), BasicFileAttributes.class));
        return Optional.of(new LocalDownload(id, channel, info, range));
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (NoSuchFileException | NotDirectoryException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw LocalErrors.translate(id, "read", e);
    }
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    requireTime(deadline, "stat");
    try {
      return info(key);
    } catch (IOException e) {
      throw LocalErrors.translate(id, "stat", e);
    }
  }

  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    requireTime(deadline, "list");
    try {
      return new LocalListing(this, prefix, after.orElse(""), limit, deadline).page();
    } catch (IOException e) {
      throw LocalErrors.translate(id, "list", e);
    }
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    requireTime(deadline, "delete");
    try {
      var file = path(key);
      if (!Files.isRegularFile(file) || !Files.deleteIfExists(file)) {
        return false;
      }
      var parent = LocalDirectory.parent(file);
      LocalDirectory.sync(parent);
      directory.removeEmpty(parent);
      return true;
    } catch (NoSuchFileException _) {
      return true;
    } catch (IOException e) {
      throw LocalErrors.translate(id, "delete", e);
    }
  }

  @Override
  public void probe(Deadline deadline) {
    requireTime(deadline, "probe");
    try {
      directory.ensureRoot();
      Files.delete(directory.newTemporary());
    } catch (IOException e) {
      throw LocalErrors.translate(id, "probe", e);
    }
  }

  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    requireTime(deadline, "capacity");
    try {
      var disk = Files.getFileStore(directory.root());
      return Optional.of(new Capacity(disk.getTotalSpace(), disk.getUsableSpace()));
    } catch (IOException e) {
      throw LocalErrors.translate(id, "capacity", e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw LocalErrors.translate(id, "close", e);
    }
  }

  LocalDirectory directory() {
    return directory;
  }

  Path path(ObjectKey key) {
    return directory.root().resolve(key.text());
  }

  Optional<ObjectInfo> info(ObjectKey key) throws IOException {
    try {
      var attributes = Files.readAttributes(path(key), BasicFileAttributes.class);
      return attributes.isRegularFile() ? Optional.of(info(key, attributes)) : Optional.empty();
    } catch (NoSuchFileException | NotDirectoryException _) {
      return Optional.empty();
    }
  }

  private static ObjectInfo info(ObjectKey key, BasicFileAttributes attributes) {
    // Every version is a file of its own, so the file's identity and time tell versions apart.
    String version =
        "%s-%d-%d"
            .formatted(
                attributes.fileKey(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                attributes.size());
    return new ObjectInfo(key, attributes.size(), new VersionToken(version));
  }

  private void requireTime(Deadline deadline, String action) {
    if (deadline.isOver()) {
      throw new BackendException.Unavailable(id, action + ": the deadline is over");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new BackendException.Unavailable(id, action + ": interrupted");
    }
  }
}
