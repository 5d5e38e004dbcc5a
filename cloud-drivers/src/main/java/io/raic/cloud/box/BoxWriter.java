package io.raic.cloud.box;

import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import java.util.Optional;

/**
 * Writes objects in one request each.
 *
 * <p>That Box refuses a name that is in use is what makes a write create-only. To replace whatever
 * is there, the id of the file is needed: if it was not seen, the refusal tells it, and the bytes
 * are sent a second time, as a new version.
 */
final class BoxWriter {
  /** How often a write starts anew because others made or removed the file meanwhile. */
  private static final int MAX_ROUNDS = 8;

  private final BoxUploads uploads;
  private final BoxFolders folders;
  private final BoxFiles files;
  private final BoxConflicts conflicts;

  BoxWriter(BoxUploads uploads, BoxFolders folders, BoxFiles files, BoxConflicts conflicts) {
    this.uploads = uploads;
    this.folders = folders;
    this.files = files;
    this.conflicts = conflicts;
  }

  BoxFile put(ObjectKey key, Precondition precondition, BoxUploads.Whole whole, Deadline deadline) {
    return switch (precondition) {
      case Precondition.None _ -> putAnyway(key, whole, deadline);
      case Precondition.Absent _ -> create(key, whole, deadline);
      case Precondition.Matches(var version) ->
          replace(key, BoxTarget.of(version), whole, deadline);
    };
  }

  private BoxFile putAnyway(ObjectKey key, BoxUploads.Whole whole, Deadline deadline) {
    var attempts = new BoxUploads.Attempts();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      var seen = files.seen(key);
      try {
        if (seen.isEmpty()) {
          return createIn(key, whole, deadline, attempts);
        }
        var file = replaceAny(key, seen.get(), whole, deadline);
        // The file of a known id may have been moved: then the object is not there yet.
        if (files.isAt(key, file, Operation.COMMIT, deadline)) {
          return file;
        }
      } catch (BoxRefusal refusal) {
        String id = refusal.isNotFound() ? seen.orElseThrow() : conflicts.idOfFile(refusal);
        if (refusal.isNotFound()) {
          files.forget(key, id);
        } else {
          var own = attempts.areSeveral() ? conflicts.own(id, whole.mark(), deadline) : none();
          if (own.isPresent()) {
            return own.get();
          }
          files.remember(key, id);
        }
      }
    }
    throw folders.changing(Operation.COMMIT);
  }

  private static Optional<BoxFile> none() {
    return Optional.empty();
  }

  private BoxFile replaceAny(ObjectKey key, String id, BoxUploads.Whole whole, Deadline deadline) {
    String name = BoxPath.of(key).name();
    return uploads.replace(id, name, Optional.empty(), whole, deadline, new BoxUploads.Attempts());
  }

  private BoxFile create(ObjectKey key, BoxUploads.Whole whole, Deadline deadline) {
    var attempts = new BoxUploads.Attempts();
    try {
      return createIn(key, whole, deadline, attempts);
    } catch (BoxRefusal refusal) {
      return conflicts.settleCreated(refusal, whole.mark(), attempts, deadline);
    }
  }

  /**
   * Makes the file in its folder, which is made if it is not there.
   *
   * @throws BoxRefusal if the name is in use
   */
  private BoxFile createIn(
      ObjectKey key, BoxUploads.Whole whole, Deadline deadline, BoxUploads.Attempts attempts) {
    var path = BoxPath.of(key);
    for (int round = 0; round < BoxFolders.MAX_ROUNDS; round++) {
      String folder = folders.make(path.folders(), Operation.COMMIT, deadline);
      try {
        return uploads.create(folder, path.name(), whole, deadline, attempts);
      } catch (BoxRefusal refusal) {
        if (!refusal.isNotFound()) {
          throw refusal;
        }
        if (path.folders().isEmpty()) {
          throw folders.noRoot(Operation.COMMIT);
        }
        folders.forget(path.folders());
      }
    }
    throw folders.changing(Operation.COMMIT);
  }

  private BoxFile replace(
      ObjectKey key, Optional<BoxTarget> version, BoxUploads.Whole whole, Deadline deadline) {
    var target = conflicts.requireOf(key, version, deadline);
    var attempts = new BoxUploads.Attempts();
    try {
      return uploads.replace(
          target.id(),
          BoxPath.of(key).name(),
          Optional.of(target.etag()),
          whole,
          deadline,
          attempts);
    } catch (BoxRefusal refusal) {
      if (refusal.isNotFound() && !attempts.areSeveral()) {
        throw conflicts.isAnother();
      }
      if (refusal.isPrecondition() || refusal.isNotFound()) {
        return conflicts.settleReplaced(target, whole.mark(), attempts, deadline);
      }
      throw refusal;
    }
  }
}
