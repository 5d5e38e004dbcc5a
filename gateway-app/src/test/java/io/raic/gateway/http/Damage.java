package io.raic.gateway.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can happen to the directory of a local store, and can be undone. */
enum Damage {
  /** The directory is gone, as a disk that is not mounted. */
  GONE,
  /** The directory is there and nothing is in it. */
  EMPTY,
  /** A plain file is in its place: nothing can be read or written there. */
  FILE,
  /** A plain file is in the place of the shares. */
  SHARES_FILE,
  /** Every object is there and has no byte. */
  CUT,
  /** Every bit of every object is turned over. */
  FLIPPED;

  /** Does it to {@code store}. */
  void happenTo(Path store) throws IOException {
    Path kept = kept(store);
    Files.move(store, kept);
    switch (this) {
      case GONE -> {}
      case EMPTY -> Files.createDirectory(store);
      case FILE -> Files.writeString(store, "not a directory");
      case SHARES_FILE -> {
        Files.createDirectory(store);
        Files.writeString(store.resolve("shares"), "not a directory");
      }
      case CUT, FLIPPED -> copy(kept.resolve("shares"), store.resolve("shares"));
    }
  }

  private void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        if (this == CUT) {
          Files.createFile(target);
        } else {
          Files.copy(file, target);
          ShareFiles.flip(target);
        }
      }
    }
  }

  /** Gives {@code store} back what it had. */
  static void undo(Path store) throws IOException {
    if (Files.exists(kept(store))) {
      Scratch.remove(store);
      Files.move(kept(store), store);
    }
  }

  private static Path kept(Path store) {
    return store.resolveSibling(store.getFileName() + ".kept");
  }
}
