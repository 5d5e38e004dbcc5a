package io.raic.cloud.local;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Capacity;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Page;
import io.raic.cloud.PartSizes;
import io.raic.cloud.Precondition;
import io.raic.cloud.Request;
import io.raic.cloud.Traits;
import io.raic.cloud.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Objects as files: key {@code a/b} is the file {@code a/b} below the root.
 *
 * <p>An object is written to a temporary file, synced, renamed, and its directory synced: after a
 * crash it is there as a whole or not at all, and a committed one is there. One process at a time
 * uses a directory; in another one every call fails. A key cannot be both an object and the
 * beginning of others up to a slash: the later one fails.
 *
 * <p>The directory is made when it is first used, and made again where it was removed, if its
 * parent is there. So put a store one level below the mount point of its disk ({@code
 * disk/raic/store}): without the disk the parent is missing, and nothing is written to the wrong
 * one.
 *
 * <p>Deadlines hold between file operations; a single one cannot be cut short by Java.
 */
public final class LocalBackend implements CloudBackend {
  /** What is read or written at once; Java copies it to a buffer of this size per thread. */
  static final int SLICE_BYTES = 1 << 17;

  /** The most objects of a page, which is all that a listing keeps of a directory. */
  private static final int MAX_PAGE_OBJECTS = 1000;

  /** What is done in a call. */
  @FunctionalInterface
  interface Body<T> {
    T run(LocalCall call) throws IOException;
  }

  private final String id;
  private final LocalRoot root;
  private final LocalTemporary temporary;
  private final LocalTree tree;

  private LocalBackend(String id, Path path) {
    this.id = id;
    this.temporary = new LocalTemporary(path);
    this.root = new LocalRoot(path, temporary);
    this.tree = new LocalTree(path);
  }

  /**
   * Returns the store below {@code root}. Nothing is touched yet: where the directory cannot be
   * used, or another process uses it, each call says so until that is over.
   */
  public static LocalBackend open(String id, Path root) {
    return new LocalBackend(id, root.toAbsolutePath().normalize());
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String location() {
    return root.path().toString();
  }

  @Override
  public Traits traits() {
    return new Traits(true, true, Long.MAX_VALUE, PartSizes.NONE);
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    if (length < 0) {
      throw new IllegalArgumentException("an object of %d bytes".formatted(length));
    }
    return run(
        Operation.BEGIN,
        deadline,
        call -> {
          root.requireWritable(call);
          requireSpace(call, length);
          return LocalUpload.begin(this, key, length, precondition, deadline);
        });
  }

  private void requireSpace(LocalCall call, long length) {
    var disk = root.path().toFile();
    long free = disk.getUsableSpace();
    if (free < length && disk.getTotalSpace() > 0) {
      throw new BackendException.OutOfSpace(
          call.request(), "%d bytes, and %d are free".formatted(length, free));
    }
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    return run(
        Operation.GET,
        deadline,
        call -> {
          root.requireReadable(call);
          return LocalDownload.open(this, call, key, range);
        });
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    return run(
        Operation.STAT,
        deadline,
        call -> {
          root.requireReadable(call);
          return tree.find(key);
        });
  }

  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of %d objects".formatted(limit));
    }
    int most = Math.min(limit, MAX_PAGE_OBJECTS);
    return run(
        Operation.LIST,
        deadline,
        call -> {
          root.requireReadable(call);
          return new LocalListing(tree, call, prefix, after.orElse(""), most).page();
        });
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    return run(
        Operation.DELETE,
        deadline,
        call -> {
          root.requireWritable(call);
          return tree.remove(call, key);
        });
  }

  @Override
  public void probe(Deadline deadline) {
    run(
        Operation.PROBE,
        deadline,
        call -> {
          root.requireWritable(call);
          Files.delete(temporary.newFile());
          try (var entries = Files.newDirectoryStream(root.path())) {
            return entries.iterator().hasNext();
          }
        });
  }

  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    return run(
        Operation.CAPACITY,
        deadline,
        call -> {
          root.requireReadable(call);
          var disk = root.path().toFile();
          long total = disk.getTotalSpace();
          return total > 0
              ? Optional.of(new Capacity(total, disk.getUsableSpace()))
              : Optional.empty();
        });
  }

  @Override
  public void close() {
    try {
      root.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T> T run(Operation operation, Deadline deadline, Body<T> body) {
    var call = new LocalCall(Request.of(id, operation), root.path(), deadline);
    root.requireOpen(call);
    call.requireTime();
    try {
      return body.run(call);
    } catch (IOException e) {
      throw call.failed(e);
    } catch (DirectoryIteratorException e) {
      throw call.failed(Objects.requireNonNull(e.getCause()));
    }
  }

  LocalRoot root() {
    return root;
  }

  LocalTree tree() {
    return tree;
  }

  LocalTemporary temporary() {
    return temporary;
  }
}
