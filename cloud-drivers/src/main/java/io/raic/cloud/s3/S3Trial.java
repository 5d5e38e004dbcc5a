package io.raic.cloud.s3;

import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Finds out what a server does, with about a dozen requests on an object that no listing shows and
 * that is gone afterwards, unless the server fails just then: so each attempt has one of its own,
 * and what another one has left says nothing.
 *
 * <p>Each precondition is tried where it holds and where it does not: a server that answers the
 * same both times does not look at it.
 */
final class S3Trial {
  private static final String WRONG_TAG = "00000000000000000000000000000000";

  /** Of no bytes; zero is the right one of the empty body, so this cannot be. */
  private static final String WRONG_SUM =
      Base64.getEncoder().encodeToString(new byte[] {1, 2, 3, 4});

  private static final String ANY = "*";

  private final S3Client s3;
  private final String bucket;
  private final String name;

  private S3Trial(S3Client s3, String bucket, String name) {
    this.s3 = s3;
    this.bucket = bucket;
    this.name = name;
  }

  /**
   * Tries it.
   *
   * @param asked how bytes are to be protected; empty to find out
   * @param isEncrypted whether the line is
   */
  static S3Abilities make(
      S3Calls calls,
      S3Place place,
      Optional<S3Abilities.Sum> asked,
      boolean isEncrypted,
      Deadline deadline) {
    return calls.run(
        Operation.PROBE,
        deadline,
        (s3, request, _) -> {
          var trial = new S3Trial(s3, place.bucket(), place.hidden("try-" + UUID.randomUUID()));
          try {
            return trial.find(request, asked, isEncrypted);
          } finally {
            trial.remove();
          }
        });
  }

  private S3Abilities find(Request request, Optional<S3Abilities.Sum> asked, boolean isEncrypted) {
    boolean createsOnly =
        isDone(() -> put(b -> b.ifNoneMatch(ANY))) && isRefused(() -> put(b -> b.ifNoneMatch(ANY)));
    String tag = S3Tag.of(request, s3.putObject(put(_ -> {}), RequestBody.empty()).eTag()).text();
    boolean replaces = isRefused(() -> put(b -> b.ifMatch('"' + WRONG_TAG + '"')));
    boolean quotes = replaces && isDone(() -> put(b -> b.ifMatch('"' + tag + '"')));
    replaces = quotes || (replaces && isDone(() -> put(b -> b.ifMatch(tag))));
    boolean[] inParts = createsOnly || replaces ? inParts() : new boolean[2];
    var sum = asked.orElseGet(() -> sum(isEncrypted));
    boolean deletes = isRemoved() && isRefusedToRemove();
    return new S3Abilities(
        createsOnly,
        createsOnly && inParts[0],
        replaces,
        replaces && inParts[1],
        quotes || !replaces,
        deletes,
        sum);
  }

  private PutObjectRequest put(Consumer<PutObjectRequest.Builder> more) {
    var builder = PutObjectRequest.builder().bucket(bucket).key(name);
    more.accept(builder);
    return builder.build();
  }

  @FunctionalInterface
  private interface Put {
    PutObjectRequest request();
  }

  private boolean isDone(Put put) {
    return status(() -> s3.putObject(put.request(), RequestBody.empty())) == 200;
  }

  private boolean isRefused(Put put) {
    return status(() -> s3.putObject(put.request(), RequestBody.empty())) == 412;
  }

  /** Returns whether an upload in parts keeps {@code If-None-Match}, and {@code If-Match}. */
  private boolean[] inParts() {
    String upload = s3.createMultipartUpload(b -> b.bucket(bucket).key(name)).uploadId();
    try {
      String tag =
          s3.uploadPart(
                  b -> b.bucket(bucket).key(name).uploadId(upload).partNumber(1),
                  RequestBody.fromBytes(new byte[1]))
              .eTag();
      var part = CompletedPart.builder().partNumber(1).eTag(tag).build();
      int created =
          status(() ->
              s3.completeMultipartUpload(b ->
                  b.bucket(bucket)
                      .key(name)
                      .uploadId(upload)
                      .multipartUpload(m -> m.parts(part))
                      .ifNoneMatch(ANY)));
      if (created != 412) {
        return new boolean[2];
      }
      int replaced =
          status(() ->
              s3.completeMultipartUpload(b ->
                  b.bucket(bucket)
                      .key(name)
                      .uploadId(upload)
                      .multipartUpload(m -> m.parts(part))
                      .ifMatch('"' + WRONG_TAG + '"')));
      return new boolean[] {true, replaced == 412};
    } finally {
      status(() -> s3.abortMultipartUpload(b -> b.bucket(bucket).key(name).uploadId(upload)));
    }
  }

  private S3Abilities.Sum sum(boolean isEncrypted) {
    if (status(() -> s3.putObject(put(b -> b.checksumCRC32C(WRONG_SUM)), RequestBody.empty()))
        == 400) {
      return S3Abilities.Sum.CRC32C;
    }
    return isEncrypted ? S3Abilities.Sum.NONE : S3Abilities.Sum.MD5;
  }

  private boolean isRemoved() {
    return status(() -> s3.deleteObject(b -> b.bucket(bucket).key(name).ifMatch(ANY))) == 200
        && status(() -> s3.headObject(b -> b.bucket(bucket).key(name))) == 404;
  }

  private boolean isRefusedToRemove() {
    int status = status(() -> s3.deleteObject(b -> b.bucket(bucket).key(name).ifMatch(ANY)));
    return status == 404 || status == 412;
  }

  private void remove() {
    status(() -> s3.deleteObject(b -> b.bucket(bucket).key(name)));
  }

  /** Returns the status of a refusal that says something of the server's abilities, or 200. */
  private static int status(Runnable request) {
    try {
      request.run();
      return 200;
    } catch (S3Exception e) {
      return switch (e.statusCode()) {
        case 400, 404, 405, 412, 501 -> e.statusCode();
        default -> throw e;
      };
    }
  }
}
