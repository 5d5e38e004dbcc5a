package io.raic.cloud.box;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import java.time.Duration;
import java.util.Optional;

/** Begins and ends upload sessions, so that what was asked of the object there holds. */
final class BoxCommitter {
  private static final int MAX_ROUNDS = 8;

  /** Box says a second or so; a file of many parts takes some. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final BoxCalls calls;
  private final BoxSessions sessions;
  private final BoxFolders folders;
  private final BoxFiles files;
  private final BoxConflicts conflicts;

  BoxCommitter(
      BoxCalls calls,
      BoxSessions sessions,
      BoxFolders folders,
      BoxFiles files,
      BoxConflicts conflicts) {
    this.calls = calls;
    this.sessions = sessions;
    this.folders = folders;
    this.files = files;
    this.conflicts = conflicts;
  }

  BoxSessionTarget begin(ObjectKey key, Precondition precondition, long size, Deadline deadline) {
    return switch (precondition) {
      case Precondition.Matches(var version) -> {
        var target = conflicts.requireOf(key, BoxTarget.of(version), deadline);
        yield replace(target.id(), Optional.of(target), size, deadline)
            .orElseThrow(conflicts::isAnother);
      }
      case Precondition.Absent _ -> create(key, size, true, deadline);
      case Precondition.None _ -> create(key, size, false, deadline);
    };
  }

  private Optional<BoxSessionTarget> replace(
      String id, Optional<BoxTarget> target, long size, Deadline deadline) {
    try {
      var session = sessions.replace(id, size, deadline);
      return Optional.of(new BoxSessionTarget(session, Optional.of(id), target));
    } catch (BoxRefusal refusal) {
      if (refusal.isNotFound()) {
        return Optional.empty();
      }
      throw BoxErrors.translate(calls.request(Operation.WRITE), refusal);
    }
  }

  private BoxSessionTarget create(
      ObjectKey key, long size, boolean isCreateOnly, Deadline deadline) {
    var path = BoxPath.of(key);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      // Looked at before all the bytes go to a file that was moved.
      var seen =
          isCreateOnly ? Optional.<BoxFile>empty() : files.findSeen(key, Operation.WRITE, deadline);
      if (seen.isPresent()) {
        var target = replace(seen.get().id(), Optional.empty(), size, deadline);
        if (target.isPresent()) {
          return target.get();
        }
        files.forget(key, seen.get().id());
      }
      String folder = folders.make(path.folders(), Operation.WRITE, deadline);
      try {
        var session = sessions.create(folder, path.name(), size, deadline);
        return new BoxSessionTarget(session, Optional.empty(), Optional.empty());
      } catch (BoxRefusal refusal) {
        if (refusal.isNotFound() && !path.folders().isEmpty()) {
          folders.forget(path.folders());
        } else if (refusal.isNotFound()) {
          throw folders.noRoot(Operation.WRITE);
        } else if (isCreateOnly && refusal.isNameInUse()) {
          throw conflicts.isThere();
        } else {
          files.remember(key, conflicts.idOfFile(refusal));
        }
      }
    }
    throw folders.changing(Operation.WRITE);
  }

  /** Ends a session; waits while Box still works at the parts. */
  BoxFile commit(
      ObjectKey key,
      Precondition precondition,
      BoxSessionTarget target,
      BoxSessions.Ending ending,
      Deadline deadline) {
    var attempts = new BoxUploads.Attempts();
    while (true) {
      try {
        return sessions.commit(target.session(), ending, deadline, attempts);
      } catch (BoxRefusal refusal) {
        if (!refusal.isNotReady()) {
          return settle(key, precondition, target, ending, refusal, attempts, deadline);
        }
        // From here on it may be done at any moment.
        attempts.note(2);
        BoxWait.after(refusal, LONGEST_WAIT, calls.request(Operation.COMMIT), deadline);
      }
    }
  }

  private BoxFile settle(
      ObjectKey key,
      Precondition precondition,
      BoxSessionTarget target,
      BoxSessions.Ending ending,
      BoxRefusal refusal,
      BoxUploads.Attempts attempts,
      Deadline deadline) {
    if (refusal.isPrecondition() && target.version().isPresent()) {
      return conflicts.settleReplaced(target.version().get(), ending.mark(), attempts, deadline);
    }
    if (refusal.isNameInUse() && precondition instanceof Precondition.Absent) {
      return conflicts.settleCreated(refusal, ending.mark(), attempts, deadline);
    }
    if (attempts.areSeveral()) {
      // The session is gone, or the name taken: perhaps because it was ended by a lost attempt.
      var own =
          target
              .file()
              .or(() -> files.findId(key, BoxPath.of(key), Operation.COMMIT, deadline))
              .flatMap(id -> conflicts.own(id, ending.mark(), deadline));
      if (own.isPresent()) {
        return own.get();
      }
    }
    throw new BackendException.Unavailable(
        calls.request(Operation.COMMIT),
        "others have written at the same time, or Box has lost the upload");
  }
}
