package io.raic.cloud.s3;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.Request;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What must hold for one object to be written.
 *
 * <p>A refusal because of it is doubtful after a retry: the attempt before may have written the
 * object and only its answer was lost. So each write has an id, which is kept with the object and
 * looked at then. If somebody else's is there it stays unknown whether this write was done.
 *
 * <p>Where the server does not keep a precondition, the object is looked at before it is written,
 * which is right unless somebody else writes it in between; {@link io.raic.cloud.Traits} say so.
 */
final class S3Condition {
  /** One attempt to write the object. */
  @FunctionalInterface
  interface Attempt {
    /**
     * Makes it.
     *
     * @throws S3Exception if the server refuses
     */
    ObjectInfo make();
  }

  private final S3Heads heads;
  private final S3Abilities abilities;
  private final ObjectKey key;
  private final Precondition precondition;
  private final String write = UUID.randomUUID().toString();
  private boolean mayBeDone;

  S3Condition(S3Heads heads, S3Abilities abilities, ObjectKey key, Precondition precondition) {
    this.heads = heads;
    this.abilities = abilities;
    this.key = key;
    this.precondition = precondition;
  }

  /** Returns the id of this write. */
  String write() {
    return write;
  }

  /** Says whether the server keeps it when an object is written in one request. */
  boolean isKeptWhole() {
    return isKept(abilities.createsOnly(), abilities.replaces());
  }

  /** Says whether the server keeps it when an upload in parts is completed. */
  boolean isKeptInParts() {
    return isKept(abilities.createsOnlyInParts(), abilities.replacesInParts());
  }

  private boolean isKept(boolean createsOnly, boolean replaces) {
    return switch (precondition) {
      case Precondition.None _ -> true;
      case Precondition.Absent _ -> createsOnly;
      case Precondition.Matches(var version) -> replaces && S3Tag.canBeSent(version);
    };
  }

  /** Tells the server, if it keeps it. */
  void tell(boolean isKept, Consumer<String> ifNoneMatch, Consumer<String> ifMatch) {
    if (isKept) {
      switch (precondition) {
        case Precondition.None _ -> {}
        case Precondition.Absent _ -> ifNoneMatch.accept("*");
        case Precondition.Matches(var version) ->
            ifMatch.accept(abilities.condition(version.text()));
      }
    }
  }

  /**
   * Makes an attempt, and says what a refusal of it means.
   *
   * @param number as {@link S3Calls.Body#make} has it
   */
  ObjectInfo attempt(S3Client s3, Request request, int number, boolean isKept, Attempt attempt) {
    if (!isKept) {
      var mine = number > 1 ? written(s3, request) : Optional.<ObjectInfo>empty();
      if (mine.isPresent()) {
        return mine.get();
      }
      requireNow(s3, request);
    }
    try {
      return attempt.make();
    } catch (S3Exception e) {
      return refused(s3, request, number, e);
    } catch (SdkException | BackendException.Unavailable e) {
      mayBeDone = true;
      throw e;
    }
  }

  private ObjectInfo refused(S3Client s3, Request request, int number, S3Exception e) {
    boolean isGone = e.statusCode() == 404 && S3Errors.code(e).equals("NoSuchUpload");
    if (e.statusCode() != 412 && !isGone && !isMissing(e)) {
      mayBeDone |= S3Errors.mayBeDone(e);
      throw e;
    }
    var mine = number > 1 ? written(s3, request) : Optional.<ObjectInfo>empty();
    if (mine.isPresent()) {
      return mine.get();
    }
    throw isGone ? e : failed(request);
  }

  private boolean isMissing(S3Exception e) {
    return precondition instanceof Precondition.Matches && S3Errors.isAbsent(e);
  }

  /** Returns what this write has left; empty if it is not there, or not any more. */
  Optional<ObjectInfo> written(S3Client s3, Request request) {
    return heads.findWritten(s3, request, key, write);
  }

  private void requireNow(S3Client s3, Request request) {
    var there = heads.find(s3, request, key).map(ObjectInfo::version);
    boolean holds =
        switch (precondition) {
          case Precondition.None _ -> true;
          case Precondition.Absent _ -> there.isEmpty();
          case Precondition.Matches(var version) -> there.filter(version::equals).isPresent();
        };
    if (!holds) {
      throw failed(request);
    }
  }

  private BackendException failed(Request request) {
    if (mayBeDone) {
      return new BackendException.Unavailable(
          request, "an answer was lost, and others have written since");
    }
    return new BackendException.PreconditionFailed(
        request,
        switch (precondition) {
          case Precondition.None _ -> "refused, though anything might have been there";
          case Precondition.Absent _ -> key + " is there already";
          case Precondition.Matches _ -> key + " is not the version that was seen";
        });
  }
}
