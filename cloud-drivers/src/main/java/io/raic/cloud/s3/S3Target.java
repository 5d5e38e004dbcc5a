package io.raic.cloud.s3;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.parts.PartTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Writes one object: in one request, or as an upload in parts. */
final class S3Target implements PartTarget {
  /** What an upload that has failed still gets to be cleared away. */
  private static final Duration ABANDONING = Duration.ofSeconds(5);

  private final S3Calls calls;
  private final S3Place place;
  private final Optional<String> storageClass;
  private final S3Abilities.Sum sum;
  private final ObjectKey key;
  private final long length;
  private final S3Condition condition;
  private final List<CompletedPart> done = new ArrayList<>();
  private Optional<String> upload = Optional.empty();

  S3Target(
      S3Calls calls,
      S3Place place,
      Optional<String> storageClass,
      S3Abilities.Sum sum,
      ObjectKey key,
      long length,
      S3Condition condition) {
    this.calls = calls;
    this.place = place;
    this.storageClass = storageClass;
    this.sum = sum;
    this.key = key;
    this.length = length;
    this.condition = condition;
  }

  @Override
  public void enter(Operation operation, Deadline deadline) {
    calls.enter(operation, deadline);
  }

  @Override
  public ObjectInfo putWhole(Part whole, Deadline deadline) {
    boolean isKept = condition.isKeptWhole();
    return calls.run(
        Operation.COMMIT,
        deadline,
        (s3, request, number) ->
            condition.attempt(
                s3,
                request,
                number,
                isKept,
                () -> new ObjectInfo(key, length, S3Tag.of(request, put(s3, whole, isKept)))));
  }

  private String put(S3Client s3, Part whole, boolean isKept) {
    return s3.putObject(
            b -> {
              b.bucket(place.bucket()).key(place.name(key)).metadata(metadata());
              storageClass.ifPresent(b::storageClass);
              switch (sum) {
                case CRC32C -> b.checksumCRC32C(S3Part.crc32c(whole));
                case MD5 -> b.contentMD5(S3Part.md5(whole));
                case NONE -> {}
              }
              condition.tell(isKept, b::ifNoneMatch, b::ifMatch);
            },
            S3Part.body(whole))
        .eTag();
  }

  private Map<String, String> metadata() {
    return Map.of(S3Heads.WRITE, condition.write());
  }

  @Override
  public void putPart(Part part, Deadline deadline) {
    if (upload.isEmpty()) {
      upload = Optional.of(calls.run(Operation.WRITE, deadline, (s3, r, _) -> create(s3, r)));
    }
    done.add(calls.run(Operation.WRITE, deadline, (s3, request, _) -> send(s3, request, part)));
  }

  private String create(S3Client s3, Request request) {
    String id =
        s3.createMultipartUpload(
                b -> {
                  b.bucket(place.bucket()).key(place.name(key)).metadata(metadata());
                  storageClass.ifPresent(b::storageClass);
                  if (sum == S3Abilities.Sum.CRC32C) {
                    b.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
                  }
                })
            .uploadId();
    if (id == null || id.isEmpty()) {
      throw new BackendException.Corrupt(request, "the upload has no id");
    }
    return id;
  }

  private CompletedPart send(S3Client s3, Request request, Part part) {
    var crc =
        sum == S3Abilities.Sum.CRC32C ? Optional.of(S3Part.crc32c(part)) : Optional.<String>empty();
    int number = part.number() + 1;
    var answer =
        s3.uploadPart(
            b -> {
              b.bucket(place.bucket())
                  .key(place.name(key))
                  .uploadId(upload.orElseThrow())
                  .partNumber(number);
              crc.ifPresent(b::checksumCRC32C);
              if (sum == S3Abilities.Sum.MD5) {
                b.contentMD5(S3Part.md5(part));
              }
            },
            S3Part.body(part));
    var sent =
        CompletedPart.builder().partNumber(number).eTag(S3Tag.of(request, answer.eTag()).text());
    crc.ifPresent(sent::checksumCRC32C);
    return sent.build();
  }

  @Override
  public ObjectInfo complete(Part last, Deadline deadline) {
    putPart(last, deadline);
    boolean isKept = condition.isKeptInParts();
    return calls.run(
        Operation.COMMIT,
        deadline,
        (s3, request, number) ->
            condition.attempt(s3, request, number, isKept, () -> finish(s3, request, isKept)));
  }

  private ObjectInfo finish(S3Client s3, Request request, boolean isKept) {
    String tag = finish(s3, isKept);
    // Ceph leaves it out here.
    return tag == null || tag.isEmpty()
        ? condition.written(s3, request).orElseThrow(() -> lost(request))
        : new ObjectInfo(key, length, S3Tag.of(request, tag));
  }

  private @Nullable String finish(S3Client s3, boolean isKept) {
    return s3.completeMultipartUpload(
            b -> {
              b.bucket(place.bucket())
                  .key(place.name(key))
                  .uploadId(upload.orElseThrow())
                  .multipartUpload(parts -> parts.parts(done));
              condition.tell(isKept, b::ifNoneMatch, b::ifMatch);
            })
        .eTag();
  }

  private static BackendException lost(Request request) {
    return new BackendException.Unavailable(request, "the object was replaced at once");
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
      calls.run(
          Operation.WRITE,
          Deadline.in(ABANDONING),
          (s3, _, _) ->
              s3.abortMultipartUpload(
                  b -> b.bucket(place.bucket()).key(place.name(key)).uploadId(id)));
    } catch (BackendException _) {
      // The rule of the bucket that removes unfinished uploads does it later.
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
