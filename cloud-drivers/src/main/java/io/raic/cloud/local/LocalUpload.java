package io.raic.cloud.local;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** A temporary file that becomes the object by being renamed. */
final class LocalUpload implements Upload {
  /** Looking at a version and replacing it is one step among the uploads of this process. */
  private static final ReentrantLock REPLACING = new ReentrantLock();

  /** How often a directory may vanish under a rename before that counts as a failure. */
  private static final int RENAME_ATTEMPTS = 3;

  private final LocalBackend backend;
  private final ObjectKey key;
  private final long length;
  private final Precondition precondition;
  private final Path temporary;
  private final FileChannel channel;
  private long written;
  private boolean committed;

  LocalUpload(
      LocalBackend backend, ObjectKey key, long length, Precondition precondition, Path temporary)
      throws IOException {
    this.backend = backend;
    this.key = key;
    this.length = length;
    this.precondition = precondition;
    this.temporary = temporary;
    this.channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
  }

  @Override
  public void write(byte[] data, int offset, int count) {
    if (count > length - written) {
      throw new IllegalStateException("more than the %d bytes announced".formatted(length));
    }
    try {
      var buffer = ByteBuffer.wrap(data, offset, count);
      while (buffer.hasRemaining()) {
        written += channel.write(buffer);
      }
    } catch (IOException e) {
      close();
      throw LocalErrors.translate(backend.id(), "write", e);
    }
  }

  @Override
  public ObjectInfo commit() {
    if (written != length) {
      throw new IllegalStateException(
          "%d of the %d bytes announced were written".formatted(written, length));
    }
    try {
      channel.force(true);
      channel.close();
      var info = publish();
      committed = true;
      return info;
    } catch (IOException e) {
      throw LocalErrors.translate(backend.id(), "commit", e);
    } finally {
      close();
    }
  }

  private ObjectInfo publish() throws IOException {
    var target = backend.path(key);
    for (int attempt = 1; ; attempt++) {
      try {
        backend.directory().makeBelowRoot(LocalDirectory.parent(target));
        switch (precondition) {
          case Precondition.None _ -> rename(target);
          case Precondition.Absent _ -> link(target);
          case Precondition.Matches(var version) -> {
            REPLACING.lock();
            try {
              if (!backend.info(key).map(info -> info.version().equals(version)).orElse(false)) {
                throw changed();
              }
              rename(target);
            } finally {
              REPLACING.unlock();
            }
          }
        }
        LocalDirectory.sync(LocalDirectory.parent(target));
        return backend.info(key).orElseThrow(() -> new NoSuchFileException(key.text()));
      } catch (NoSuchFileException e) {
        // A delete removes directories that it leaves empty, perhaps this one a moment ago.
        if (attempt == RENAME_ATTEMPTS || !Files.exists(temporary)) {
          throw e;
        }
      }
    }
  }

  private void rename(Path target) throws IOException {
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A hard link, unlike a rename, does not replace what is there. */
  private void link(Path target) throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException _) {
      throw changed();
    }
  }

  private BackendException changed() {
    return new BackendException.PreconditionFailed(
        backend.id(), "commit: the object is not what it was");
  }

  @Override
  public void close() {
    try {
      channel.close();
      if (!committed || precondition instanceof Precondition.Absent) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw LocalErrors.translate(backend.id(), "abandon", e);
    }
  }
}
