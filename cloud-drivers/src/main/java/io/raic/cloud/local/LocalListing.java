package io.raic.cloud.local;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Page;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** One page of keys in order, found by entering only the directories that can hold some of it. */
final class LocalListing {
  private final LocalBackend backend;
  private final String prefix;
  private final String after;
  private final int limit;
  private final Deadline deadline;
  private final List<ObjectInfo> found = new ArrayList<>();

  LocalListing(LocalBackend backend, String prefix, String after, int limit, Deadline deadline) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of %d objects".formatted(limit));
    }
    this.backend = backend;
    this.prefix = prefix;
    this.after = after;
    this.limit = limit;
    this.deadline = deadline;
  }

  Page page() throws IOException {
    int slash = prefix.lastIndexOf('/');
    String start = prefix.substring(0, slash + 1);
    if (start.isEmpty() || isKey(start.substring(0, slash))) {
      visit(start);
    }
    if (found.size() <= limit) {
      return new Page(found, Optional.empty());
    }
    var page = found.subList(0, limit);
    return new Page(page, Optional.of(page.getLast().key().text()));
  }

  /** Collects the objects below the directory {@code start}, "" or a key and a slash. */
  private void visit(String start) throws IOException {
    // With its slash a directory sorts where the keys of its files do.
    var children = new TreeMap<String, Boolean>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(backend.directory().root().resolve(start))) {
      for (Path entry : entries) {
        boolean isDirectory = Files.isDirectory(entry);
        children.put(start + entry.getFileName() + (isDirectory ? "/" : ""), isDirectory);
      }
    } catch (NoSuchFileException | NotDirectoryException _) {
      return;
    }
    for (var child : children.entrySet()) {
      if (found.size() > limit) {
        return;
      }
      if (deadline.isOver()) {
        throw new BackendException.Unavailable(backend.id(), "list: the deadline is over");
      }
      take(child.getKey(), child.getValue());
    }
  }

  private void take(String name, boolean isDirectory) throws IOException {
    if (!isDirectory) {
      if (name.startsWith(prefix) && name.compareTo(after) > 0 && isKey(name)) {
        backend.info(ObjectKey.of(name)).ifPresent(found::add);
      }
    } else if ((name.startsWith(prefix) || prefix.startsWith(name))
        && (name.compareTo(after) > 0 || after.startsWith(name))
        && isKey(name.substring(0, name.length() - 1))) {
      visit(name);
    }
  }

  private static boolean isKey(String text) {
    try {
      var _ = ObjectKey.of(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
