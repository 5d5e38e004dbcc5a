package io.raic.cloud.s3;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import io.raic.cloud.Request;
import io.raic.cloud.parts.PartTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Writes one object: in one request, or as an upload in parts.
 *
 * <p>A refusal because of a precondition is doubtful after a retry: the attempt before may have
 * written the object and only its answer was lost. So each write has an id, which is kept with the
 * object and looked at then.
 *
 * <p>Where the server does not keep a precondition, the object is looked at before it is written,
 * which is right unless somebody else writes it in between; {@link io.raic.cloud.Traits} say so.
 */
final class S3Target implements PartTarget {
  /** What an upload that has failed still gets to be cleared away. */
  private static final Duration ABANDONING = Duration.ofSeconds(5);

  private final S3Backend store;
  private final S3Abilities abilities;
  private final ObjectKey key;
  private final long length;
  private final Precondition precondition;
  private final String write = UUID.randomUUID().toString();
  private final List<CompletedPart> done = new ArrayList<>();
  private Optional<String> upload = Optional.empty();

  S3Target(
      S3Backend store,
      S3Abilities abilities,
      ObjectKey key,
      long length,
      Precondition precondition) {
    this.store = store;
    this.abilities = abilities;
    this.key = key;
    this.length = length;
    this.precondition = precondition;
  }

  @Override
  public void enter(Operation operation, Deadline deadline) {
    store.calls().enter(operation, deadline);
  }

  private String bucket() {
    return store.place().bucket();
  }

  private String name() {
    return store.place().name(key);
  }

  @Override
  public ObjectInfo putWhole(Part whole, Deadline deadline) {
    boolean isKept = isKept(abilities.createsOnly(), abilities.replaces());
    return store
        .calls()
        .run(
            Operation.COMMIT,
            deadline,
            (s3, request, number) ->
                conditionally(
                    s3, request, number, isKept, () -> info(request, put(s3, whole, isKept))));
  }

  private String put(S3Client s3, Part whole, boolean isKept) {
    return s3.putObject(
            b -> {
              b.bucket(bucket()).key(name()).metadata(Map.of(S3Heads.WRITE, write));
              store.options().storageClass().ifPresent(b::storageClass);
              switch (abilities.sum()) {
                case CRC32C -> b.checksumCRC32C(S3Part.crc32c(whole));
                case MD5 -> b.contentMD5(S3Part.md5(whole));
                case NONE -> {}
              }
              if (isKept) {
                switch (precondition) {
                  case Precondition.None _ -> {}
                  case Precondition.Absent _ -> b.ifNoneMatch("*");
                  case Precondition.Matches(var version) ->
                      b.ifMatch(abilities.condition(version.text()));
                }
              }
            },
            S3Part.body(whole))
        .eTag();
  }

  @Override
  public void putPart(Part part, Deadline deadline) {
    if (upload.isEmpty()) {
      upload = Optional.of(create(deadline));
    }
    String id = upload.orElseThrow();
    int number = part.number() + 1;
    var sent =
        store
            .calls()
            .run(
                Operation.WRITE,
                deadline,
                (s3, request, _) -> {
                  var sum = abilities.sum();
                  var crc =
                      sum == S3Abilities.Sum.CRC32C
                          ? Optional.of(S3Part.crc32c(part))
                          : Optional.<String>empty();
                  var answer =
                      s3.uploadPart(
                          b -> {
                            b.bucket(bucket()).key(name()).uploadId(id).partNumber(number);
                            crc.ifPresent(b::checksumCRC32C);
                            if (sum == S3Abilities.Sum.MD5) {
                              b.contentMD5(S3Part.md5(part));
                            }
                          },
                          S3Part.body(part));
                  var tag = S3Tag.of(request, answer.eTag());
                  var completed = CompletedPart.builder().partNumber(number).eTag(tag.text());
                  crc.ifPresent(completed::checksumCRC32C);
                  return completed.build();
                });
    done.add(sent);
  }

  private String create(Deadline deadline) {
    return store
        .calls()
        .run(
            Operation.WRITE,
            deadline,
            (s3, request, _) -> {
              String id =
                  s3.createMultipartUpload(
                          b -> {
                            b.bucket(bucket()).key(name()).metadata(Map.of(S3Heads.WRITE, write));
                            store.options().storageClass().ifPresent(b::storageClass);
                            if (abilities.sum() == S3Abilities.Sum.CRC32C) {
                              b.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
                            }
                          })
                      .uploadId();
              if (id == null || id.isEmpty()) {
                throw new BackendException.Corrupt(request, "the upload has no id");
              }
              return id;
            });
  }

  @Override
  public ObjectInfo complete(Part last, Deadline deadline) {
    putPart(last, deadline);
    boolean isKept = isKept(abilities.createsOnlyInParts(), abilities.replacesInParts());
    return store
        .calls()
        .run(
            Operation.COMMIT,
            deadline,
            (s3, request, number) ->
                conditionally(s3, request, number, isKept, () -> finish(s3, request, isKept)));
  }

  private ObjectInfo finish(S3Client s3, Request request, boolean isKept) {
    String tag = finish(s3, isKept);
    // Ceph leaves it out here.
    return tag == null || tag.isEmpty()
        ? written(s3, request).orElseThrow(() -> lost(request))
        : info(request, tag);
  }

  private @Nullable String finish(S3Client s3, boolean isKept) {
    return s3.completeMultipartUpload(
            b -> {
              b.bucket(bucket())
                  .key(name())
                  .uploadId(upload.orElseThrow())
                  .multipartUpload(parts -> parts.parts(done));
              if (isKept) {
                switch (precondition) {
                  case Precondition.None _ -> {}
                  case Precondition.Absent _ -> b.ifNoneMatch("*");
                  case Precondition.Matches(var version) ->
                      b.ifMatch(abilities.condition(version.text()));
                }
              }
            })
        .eTag();
  }

  private boolean isKept(boolean createsOnly, boolean replaces) {
    return switch (precondition) {
      case Precondition.None _ -> true;
      case Precondition.Absent _ -> createsOnly;
      case Precondition.Matches(var version) -> replaces && S3Tag.canBeSent(version);
    };
  }

  private ObjectInfo info(Request request, String tag) {
    return new ObjectInfo(key, length, S3Tag.of(request, tag));
  }

  @FunctionalInterface
  private interface Write {
    ObjectInfo make();
  }

  /** Makes an attempt to write, and says what a refusal of it means. */
  private ObjectInfo conditionally(
      S3Client s3, Request request, int number, boolean isKept, Write attempt) {
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
      boolean isGone = e.statusCode() == 404 && S3Errors.code(e).equals("NoSuchUpload");
      if (e.statusCode() != 412 && !isGone && !isMissing(e)) {
        throw e;
      }
      if (number > 1) {
        var mine = written(s3, request);
        if (mine.isPresent()) {
          return mine.get();
        }
      }
      if (isGone) {
        throw e;
      }
      throw failed(request);
    }
  }

  private boolean isMissing(S3Exception e) {
    return precondition instanceof Precondition.Matches && S3Errors.isAbsent(e);
  }

  private Optional<ObjectInfo> written(S3Client s3, Request request) {
    return store.heads().findWritten(s3, request, key, write);
  }

  private void requireNow(S3Client s3, Request request) {
    var there = store.heads().find(s3, request, key).map(ObjectInfo::version);
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

  private static BackendException lost(Request request) {
    return new BackendException.Unavailable(request, "the object was replaced at once");
  }

  private BackendException failed(Request request) {
    return new BackendException.PreconditionFailed(
        request,
        switch (precondition) {
          case Precondition.None _ -> "refused, though anything might have been there";
          case Precondition.Absent _ -> key + " is there already";
          case Precondition.Matches _ -> key + " is not the version that was seen";
        });
  }

  /** A thread that is interrupted cleans up too; so the flag is put aside. */
  @Override
  public void abandon() {
    if (upload.isEmpty()) {
      return;
    }
    String id = upload.get();
    boolean wasInterrupted = Thread.interrupted();
    try {
      store
          .calls()
          .run(
              Operation.WRITE,
              Deadline.in(ABANDONING),
              (s3, _, _) ->
                  s3.abortMultipartUpload(b -> b.bucket(bucket()).key(name()).uploadId(id)));
    } catch (BackendException _) {
      // The rule of the bucket that removes unfinished uploads does it later.
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
