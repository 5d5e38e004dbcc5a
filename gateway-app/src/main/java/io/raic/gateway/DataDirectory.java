package io.raic.gateway;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The directory of what the gateway itself keeps; one gateway at a time has it.
 *
 * <p>{@code private/} holds what must not be shown, {@code tmp/} nothing that matters after the
 * process has ended.
 */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Opens the directory {@code path}, which is made if it is not there. */
  static DataDirectory open(Path path) {
    make(path);
    try {
      var lock =
          FileChannel.open(
              path.resolve("gateway.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(lock) == null) {
        lock.close();
        throw new IllegalArgumentException(
            "raic.data: another gateway uses the directory %s".formatted(path.toAbsolutePath()));
      }
      clear(path.resolve("tmp"));
      return new DataDirectory(path, lock);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** Makes the directory {@code path} if it is not there; a gateway may use it. */
  static void make(Path path) {
    try {
      Files.createDirectories(path);
      makePrivate(path.resolve("private"));
      makePrivate(path.resolve("tmp"));
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static IllegalArgumentException unusable(Path path, IOException e) {
    return new IllegalArgumentException(
        "raic.data: the directory %s cannot be used: %s"
            .formatted(path.toAbsolutePath(), reason(e)),
        e);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException exists -> exists.getFile() + " is not a directory";
      case NotDirectoryException file -> file.getFile() + " is not a directory";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case NoSuchFileException missing -> missing.getFile() + " cannot be made";
      default -> String.valueOf(e.getMessage());
    };
  }

  private static @Nullable Object tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  private static void makePrivate(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static void clear(Path directory) throws IOException {
    try (var leftovers = Files.newDirectoryStream(directory)) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    }
  }

  Path path() {
    return path;
  }

  Path convergence() {
    return path.resolve("private").resolve("convergence");
  }

  Path temporary() {
    return path.resolve("tmp");
  }

  Path leftovers() {
    return path.resolve("leftovers");
  }

  /** Where segments of files are kept that were read lately, unless another place is set. */
  Path cache() {
    return path.resolve("cache");
  }

  /** Where counts are kept of what a limit of a month or of bytes is about. */
  Path limits() {
    return path.resolve("limits");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
