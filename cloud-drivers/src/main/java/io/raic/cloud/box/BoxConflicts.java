package io.raic.cloud.box;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import java.util.Optional;

/**
 * What it means that a write was refused because something else is there.
 *
 * <p>At the first attempt it means what it says. After an attempt whose answer was lost, what is
 * there may be that attempt's own: then it carries the write's mark, and the write has succeeded.
 * If it does not, and has been changed since, nobody can tell any more, and neither does this.
 */
final class BoxConflicts {
  private static final Operation OPERATION = Operation.COMMIT;

  private final BoxApi api;
  private final BoxCalls calls;
  private final BoxFiles files;

  BoxConflicts(BoxApi api, BoxCalls calls, BoxFiles files) {
    this.api = api;
    this.calls = calls;
    this.files = files;
  }

  /** Returns the id of the file that has the name, or fails. */
  String idOfFile(BoxRefusal refusal) {
    return refusal
        .conflict()
        .filter(conflict -> refusal.isNameInUse() && conflict.isFile())
        .map(BoxRefusal.Conflict::id)
        .orElseThrow(() -> BoxErrors.translate(calls.request(OPERATION), refusal));
  }

  /** Settles that a name is in use, for a write that may only create. */
  BoxFile settleCreated(
      BoxRefusal refusal, WriteMark mark, BoxUploads.Attempts attempts, Deadline deadline) {
    String id = idOfFile(refusal);
    if (!attempts.areSeveral()) {
      throw isThere();
    }
    var file = api.file(OPERATION, deadline, id);
    if (file.isEmpty()) {
      throw nobodyKnows();
    }
    return settle(file.get(), mark, file.get().etag().equals("0"));
  }

  /** Settles that a version is not there any more, for a write that may only replace that one. */
  BoxFile settleReplaced(
      BoxTarget target, WriteMark mark, BoxUploads.Attempts attempts, Deadline deadline) {
    if (!attempts.areSeveral()) {
      throw isAnother();
    }
    var file = api.file(OPERATION, deadline, target.id());
    if (file.isEmpty()) {
      throw nobodyKnows();
    }
    return settle(file.get(), mark, target.isReplacedOnceBy(file.get()));
  }

  private BoxFile settle(BoxFile file, WriteMark mark, boolean isFirstAfter) {
    if (mark.isOf(file)) {
      return file;
    }
    throw isFirstAfter ? isAnother() : nobodyKnows();
  }

  /** Says whether what is there now is of this write. */
  Optional<BoxFile> own(String id, WriteMark mark, Deadline deadline) {
    return api.file(OPERATION, deadline, id).filter(mark::isOf);
  }

  /**
   * Checks that a version is one of an object: one of another would let the write go there.
   *
   * @throws BackendException.PreconditionFailed if it is not
   */
  BoxTarget requireOf(ObjectKey key, Optional<BoxTarget> target, Deadline deadline) {
    var named = target.orElseThrow(this::isAnother);
    if (files.seen(key).filter(named.id()::equals).isPresent()) {
      return named;
    }
    var id = files.findId(key, BoxPath.of(key), OPERATION, deadline);
    if (!id.equals(Optional.of(named.id()))) {
      throw isAnother();
    }
    return named;
  }

  BackendException isThere() {
    return new BackendException.PreconditionFailed(
        calls.request(OPERATION), "the object is there already");
  }

  BackendException isAnother() {
    return new BackendException.PreconditionFailed(
        calls.request(OPERATION), "the object is another one than that which was seen");
  }

  BackendException nobodyKnows() {
    return new BackendException.Unavailable(
        calls.request(OPERATION), "an answer was lost, and others have written since");
  }
}
