package io.raic.cloud.s3;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Request;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Asks what is known of an object. */
final class S3Heads {
  /** The metadata that tells one write from another one of the same bytes. */
  static final String WRITE = "raic-write";

  /** So long a bucket that was seen is believed to be there. */
  private static final Duration BUCKET_STAYS = Duration.ofMinutes(1);

  private final S3Place place;
  private final LongSupplier nanoTime;
  private volatile OptionalLong bucketSeenNanos = OptionalLong.empty();

  S3Heads(S3Place place) {
    this(place, System::nanoTime);
  }

  S3Heads(S3Place place, LongSupplier nanoTime) {
    this.place = place;
    this.nanoTime = nanoTime;
  }

  /** Returns what is known; empty if there is no such object. */
  Optional<ObjectInfo> find(S3Client s3, Request request, ObjectKey key) {
    return head(s3, key).map(head -> info(request, key, head));
  }

  /** Returns what is known if that is what the write with this id has left. */
  Optional<ObjectInfo> findWritten(S3Client s3, Request request, ObjectKey key, String write) {
    return head(s3, key)
        .filter(head -> write.equals(head.metadata().get(WRITE)))
        .map(head -> info(request, key, head));
  }

  private static ObjectInfo info(Request request, ObjectKey key, HeadObjectResponse head) {
    long size = Objects.requireNonNullElse(head.contentLength(), -1L);
    if (size < 0) {
      throw new BackendException.Corrupt(request, "the answer has no length");
    }
    return new ObjectInfo(key, size, S3Tag.of(request, head.eTag()));
  }

  private Optional<HeadObjectResponse> head(S3Client s3, ObjectKey key) {
    try {
      var head = s3.headObject(b -> b.bucket(place.bucket()).key(place.name(key)));
      bucketSeenNanos = OptionalLong.of(nanoTime.getAsLong());
      return Optional.of(head);
    } catch (S3Exception e) {
      if (!S3Errors.isAbsent(e)) {
        throw e;
      }
      requireBucket(s3);
      return Optional.empty();
    }
  }

  /** An answer without a body does not tell a missing object from a missing bucket. */
  private void requireBucket(S3Client s3) {
    var seen = bucketSeenNanos;
    if (seen.isEmpty() || nanoTime.getAsLong() - seen.getAsLong() >= BUCKET_STAYS.toNanos()) {
      s3.listObjectsV2(b -> b.bucket(place.bucket()).prefix(place.prefix()).maxKeys(1));
      bucketSeenNanos = OptionalLong.of(nanoTime.getAsLong());
    }
  }
}
