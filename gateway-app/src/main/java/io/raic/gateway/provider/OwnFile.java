package io.raic.gateway.provider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * Files that only their owner can read, each written as a whole: after a crash it holds what it
 * held before, or what was written. One process at a time writes.
 */
final class OwnFile {
  private static final String NEXT = ".next";

  private OwnFile() {}

  /** Makes a directory that only its owner can enter, if it is not there. */
  static void makeDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      sync(parent(directory));
    }
  }

  /** Lets {@code file} hold {@code content}, whether or not it was there; durable on return. */
  static void replace(Path file, byte[] content) throws IOException {
    Path next = next(file);
    Files.deleteIfExists(next);
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    try (var channel =
        FileChannel.open(
            next,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(ownerOnly))) {
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(parent(file));
  }

  /** Removes {@code file}, and what a crash left of a next one; nothing if there is none. */
  static boolean remove(Path file) throws IOException {
    boolean wasThere = Files.deleteIfExists(file);
    wasThere |= Files.deleteIfExists(next(file));
    if (wasThere) {
      sync(parent(file));
    }
    return wasThere;
  }

  private static Path next(Path file) {
    return file.resolveSibling(file.getFileName() + NEXT);
  }

  private static Path parent(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  private static void sync(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
