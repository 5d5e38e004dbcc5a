package io.raic.cloud.local;

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

/**
 * One page of keys in order, found by entering only the directories that can hold some of it.
 *
 * <p>Of each directory on the way no more entries than a page has objects are kept at a time. Where
 * they turn out to be too few, because directories among them hold nothing that is asked for, the
 * directory is read again from there on.
 */
final class LocalListing {
  /** What is kept of a directory that has to be read again: it has little for its size. */
  private static final int KEPT_AGAIN = 1000;

  private final LocalTree tree;
  private final LocalCall call;
  private final String prefix;
  private final String after;
  private final int limit;
  private final List<ObjectInfo> found = new ArrayList<>();

  LocalListing(LocalTree tree, LocalCall call, String prefix, String after, int limit) {
    this.tree = tree;
    this.call = call;
    this.prefix = prefix;
    this.after = after;
    this.limit = limit;
  }

  Page page() throws IOException {
    String start = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    if (start.isEmpty() || ObjectKey.isValid(start.substring(0, start.length() - 1))) {
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
    var directory = tree.path(start);
    if (!tree.isDirectory(directory)) {
      return;
    }
    String cursor = "";
    while (found.size() <= limit) {
      var children = new Children(start, cursor, cursor.isEmpty() ? limit + 1 : KEPT_AGAIN);
      children.read(directory);
      for (var child : children.kept.entrySet()) {
        if (child.getValue().isPresent()) {
          found.add(child.getValue().get());
        } else {
          visit(child.getKey());
        }
        if (found.size() > limit) {
          return;
        }
      }
      if (!children.isCut) {
        return;
      }
      cursor = children.kept.lastKey();
    }
  }

  /** The first entries of a directory that come after {@code cursor} and can be of the page. */
  private final class Children {
    /**
     * Objects by key, and directories by key and slash: with that they are where the keys below
     * them are in the order of keys.
     */
    private final TreeMap<String, Optional<ObjectInfo>> kept = new TreeMap<>();

    private final String start;
    private final String cursor;
    private final int most;
    private boolean isCut;

    Children(String start, String cursor, int most) {
      this.start = start;
      this.cursor = cursor;
      this.most = most;
    }

    void read(Path directory) throws IOException {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        for (Path entry : entries) {
          call.requireTime();
          String name = start + entry.getFileName();
          // Neither the object nor the directory of that name would be kept: spare the look.
          if (kept.size() == most && name.compareTo(kept.lastKey()) > 0) {
            isCut = true;
          } else if (mayHold(name + "/") && ObjectKey.isValid(name)) {
            look(name, entry);
          }
        }
      } catch (NoSuchFileException | NotDirectoryException _) {
        // It was removed meanwhile, with what was in it.
      }
    }

    private void look(String name, Path entry) throws IOException {
      try {
        var file = LocalTree.attributes(entry);
        if (file.isDirectory()) {
          keep(name + "/", Optional.empty());
        } else if (name.startsWith(prefix) && name.compareTo(after) > 0) {
          var info = LocalTree.info(ObjectKey.of(name), file);
          if (info.isPresent()) {
            keep(name, info);
          }
        }
      } catch (NoSuchFileException _) {
        // It was removed meanwhile.
      }
    }

    private boolean mayHold(String directory) {
      return directory.compareTo(cursor) > 0
          && (directory.startsWith(prefix) || prefix.startsWith(directory))
          && (directory.compareTo(after) > 0 || after.startsWith(directory));
    }

    private void keep(String name, Optional<ObjectInfo> info) {
      if (name.compareTo(cursor) <= 0) {
        return;
      }
      kept.put(name, info);
      if (kept.size() > most) {
        kept.pollLastEntry();
        isCut = true;
      }
    }
  }
}
