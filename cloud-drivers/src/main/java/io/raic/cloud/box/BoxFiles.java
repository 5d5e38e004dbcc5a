package io.raic.cloud.box;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import java.util.Optional;

/** Finds the files of objects: by an id that was seen, or else by name. */
final class BoxFiles {
  private final BoxApi api;
  private final BoxFolders folders;
  private final BoxIds ids = new BoxIds();

  BoxFiles(BoxApi api, BoxFolders folders) {
    this.api = api;
    this.folders = folders;
  }

  Optional<String> seen(ObjectKey key) {
    return ids.find(key.text());
  }

  void remember(ObjectKey key, String id) {
    ids.remember(key.text(), id);
  }

  void forget(ObjectKey key, String id) {
    ids.forget(key.text(), id);
  }

  /** Returns what Box knows of an object now; empty if there is none. */
  Optional<BoxFile> find(ObjectKey key, Operation operation, Deadline deadline) {
    var seen = findSeen(key, operation, deadline);
    return seen.isPresent()
        ? seen
        : findId(key, BoxPath.of(key), operation, deadline)
            .flatMap(id -> api.file(operation, deadline, id))
            .filter(file -> isAt(key, file, operation, deadline));
  }

  /** Returns the file that was seen, if it is still there and still the object's. */
  Optional<BoxFile> findSeen(ObjectKey key, Operation operation, Deadline deadline) {
    return seen(key)
        .flatMap(id -> {
          var file = api.file(operation, deadline, id);
          if (file.isEmpty()) {
            forget(key, id);
          }
          return file;
        })
        .filter(file -> isAt(key, file, operation, deadline));
  }

  /** Returns the id of an object's file, without trust in what was seen; empty if there is none. */
  Optional<String> findId(ObjectKey key, BoxPath path, Operation operation, Deadline deadline) {
    for (int round = 0; round < BoxFolders.MAX_ROUNDS; round++) {
      var folder = folders.find(path.folders(), operation, deadline);
      if (folder.isEmpty()) {
        return Optional.empty();
      }
      try {
        var id = idIn(folder.get(), path.name(), operation, deadline);
        id.ifPresent(found -> remember(key, found));
        return id;
      } catch (BoxRefusal refusal) {
        if (!refusal.isNotFound()) {
          throw refusal;
        }
        if (path.folders().isEmpty()) {
          throw folders.noRoot(operation);
        }
        folders.forget(path.folders());
      }
    }
    throw folders.changing(operation);
  }

  /**
   * Asks for the name, or looks for it: an account that is full, or may only read, is told nothing
   * but that when it asks whether a file could be uploaded.
   */
  private Optional<String> idIn(
      String folder, String name, Operation operation, Deadline deadline) {
    try {
      return api.fileNamed(operation, deadline, folder, name);
    } catch (BackendException.OutOfSpace | BackendException.AccessDenied e) {
      Optional<String> marker = Optional.empty();
      do {
        var items = api.items(operation, deadline, folder, marker).orElseThrow(() -> e);
        var found = items.files().stream().filter(file -> file.name().equals(name)).findFirst();
        if (found.isPresent()) {
          return found.map(BoxFile::id);
        }
        marker = items.marker();
      } while (marker.isPresent());
      return Optional.empty();
    }
  }

  /**
   * Says whether a file is where the object is, and forgets one that is not: people can move and
   * rename, and what they moved keeps its id.
   */
  boolean isAt(ObjectKey key, BoxFile file, Operation operation, Deadline deadline) {
    var path = BoxPath.of(key);
    boolean isThere =
        file.name().equals(path.name())
            && (file.folder().isEmpty()
                || file.folder().equals(folders.find(path.folders(), operation, deadline)));
    if (!isThere) {
      forget(key, file.id());
    }
    return isThere;
  }
}
