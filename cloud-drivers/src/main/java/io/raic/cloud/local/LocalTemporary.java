package io.raic.cloud.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/** Files that are being written, in a directory that no key reaches, on the disk of the objects. */
final class LocalTemporary {
  private final Path directory;

  /** Tells the files of this opening of the store from what those before it have left. */
  private final String ours = UUID.randomUUID() + "-";

  LocalTemporary(Path root) {
    this.directory = root.resolve(".tmp");
  }

  /** Makes a file that only its owner can read. */
  Path newFile() throws IOException {
    try {
      return Files.createTempFile(directory, ours, "");
    } catch (NoSuchFileException _) {
      makeDirectory();
      return Files.createTempFile(directory, ours, "");
    }
  }

  private void makeDirectory() throws IOException {
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException _) {
      // Another upload was faster.
    }
  }

  /** Removes what writers that did not live to commit have left. */
  void clear() throws IOException {
    try (var leftovers = Files.newDirectoryStream(directory, file -> !isOurs(file))) {
      for (var leftover : leftovers) {
        discard(leftover);
      }
    } catch (NoSuchFileException _) {
      // Nobody has written yet.
    }
  }

  private boolean isOurs(Path file) {
    return String.valueOf(file.getFileName()).startsWith(ours);
  }

  /** Removes a file that nobody will miss; if that fails, the next opening does it. */
  static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // It takes space, which a full or broken disk tells by itself.
    }
  }
}
