package io.raic.cloud.box;

import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Goes through objects in the order of their keys, folder by folder, depth first.
 *
 * <p>A prefix that names folders begins there: the shares of a file are in one folder, whose id is
 * mostly known. For one thread at a time.
 */
final class BoxWalk {
  /**
   * What it finds.
   *
   * @param key of an object
   * @param file that it is
   */
  record Found(ObjectKey key, BoxFile file) {}

  private final BoxParts box;
  private final String prefix;
  private final String after;
  private final Deque<BoxWindow> open = new ArrayDeque<>();

  private BoxWalk(BoxParts box, String prefix, String after) {
    this.box = box;
    this.prefix = prefix;
    this.after = after;
  }

  /**
   * Begins after a key.
   *
   * @param after "" to begin with the first one
   * @return empty if there is no folder for such keys
   */
  static Optional<BoxWalk> of(BoxParts box, String prefix, String after, Deadline deadline) {
    var pieces = BoxPath.certain(prefix);
    var names = pieces.stream().map(BoxPath::folderName).toList();
    var walk = new BoxWalk(box, prefix, after);
    for (int round = 0; round < BoxFolders.MAX_ROUNDS; round++) {
      var id = box.folders().find(names, Operation.LIST, deadline);
      if (id.isEmpty()) {
        return Optional.empty();
      }
      if (walk.enter(names, String.join("", pieces), id.get(), deadline)) {
        return Optional.of(walk);
      }
      if (names.isEmpty()) {
        throw box.folders().noRoot(Operation.LIST);
      }
      box.folders().forget(names);
    }
    throw box.folders().changing(Operation.LIST);
  }

  private boolean enter(List<String> names, String text, String id, Deadline deadline) {
    var window = new BoxWindow(box, new BoxWindow.Place(names, text, id), prefix, after);
    boolean isThere = window.fill(deadline);
    if (isThere) {
      open.push(window);
    }
    return isThere;
  }

  /** Says whether there is another object, and reads folders until that is known. */
  boolean hasNext(Deadline deadline) {
    while (!open.isEmpty()) {
      var window = open.peek();
      var first = window.peek();
      if (first.isEmpty()) {
        // A folder that is gone in the middle of it has no more.
        if (!window.hasMore() || !window.fill(deadline)) {
          open.pop();
        }
      } else if (first.get().file().isPresent()) {
        return true;
      } else {
        var folder = window.take();
        enter(
            BoxFolders.child(window.place().names(), folder.name()),
            folder.text(),
            folder.id(),
            deadline);
      }
    }
    return false;
  }

  /** Returns the next object, which must be there. */
  Found next() {
    var entry = open.element().take();
    return new Found(ObjectKey.of(entry.text()), entry.file().orElseThrow());
  }
}
