package io.raic.cloud.s3;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Request;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Asks what is known of an object. */
final class S3Heads {
  /** The metadata that tells one write from another one of the same bytes. */
  static final String WRITE = "raic-write";

  private final S3Place place;
  private volatile boolean hasSeenBucket;

  S3Heads(S3Place place) {
    this.place = place;
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
      hasSeenBucket = true;
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
    if (!hasSeenBucket) {
      s3.listObjectsV2(b -> b.bucket(place.bucket()).prefix(place.prefix()).maxKeys(1));
      hasSeenBucket = true;
    }
  }
}
