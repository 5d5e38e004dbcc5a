package io.raic.cloud.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The directories of a store, made and removed so that what was made survives a crash.
 *
 * <p>An entry of a directory is durable once the directory itself was synced.
 */
final class LocalDirectory {
  private static final String TEMPORARY = ".tmp";

  private final Path root;

  LocalDirectory(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** Makes the root where only the root is missing: a missing parent is a missing disk. */
  void ensureRoot() throws IOException {
    if (!Files.isDirectory(root)) {
      makeDurably(root);
    }
  }

  /** Removes what writers that did not live to commit have left. */
  void clearTemporary() throws IOException {
    if (Files.isDirectory(root.resolve(TEMPORARY))) {
      try (var leftovers = Files.newDirectoryStream(root.resolve(TEMPORARY))) {
        for (var leftover : leftovers) {
          Files.deleteIfExists(leftover);
        }
      }
    }
  }

  /** Returns a new file, in a directory that no key reaches, on the same disk as the objects. */
  Path newTemporary() throws IOException {
    ensureRoot();
    Path directory = root.resolve(TEMPORARY);
    if (!Files.isDirectory(directory)) {
      makeDurably(directory);
    }
    return Files.createTempFile(directory, "object", "");
  }

  /** Makes {@code directory} and those above it up to the root, each one durable. */
  void makeBelowRoot(Path directory) throws IOException {
    if (directory.equals(root)) {
      ensureRoot();
    } else if (!Files.isDirectory(directory)) {
      makeBelowRoot(parent(directory));
      makeDurably(directory);
    }
  }

  /** Removes {@code directory} and those above it while they are empty; the root stays. */
  void removeEmpty(Path directory) throws IOException {
    for (Path d = directory; !d.equals(root); d = parent(d)) {
      try {
        Files.delete(d);
      } catch (DirectoryNotEmptyException | NoSuchFileException _) {
        return;
      }
    }
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

  private static void makeDurably(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
    sync(parent(directory));
  }
}
