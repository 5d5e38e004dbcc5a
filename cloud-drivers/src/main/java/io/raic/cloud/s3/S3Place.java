package io.raic.cloud.s3;

import io.raic.cloud.ObjectKey;
import java.net.URI;
import java.util.Optional;

/**
 * Where the objects are.
 *
 * @param endpoint of the server; empty for that of Amazon's region
 * @param region the region
 * @param bucket the bucket
 * @param prefix what stands before every key: empty, or something with a slash at its end
 */
record S3Place(Optional<URI> endpoint, String region, String bucket, String prefix) {
  /** No key begins with a dot, so no listing shows what is below this. */
  private static final String HIDDEN = ".raic/";

  /** Returns the name that the server knows an object by. */
  String name(ObjectKey key) {
    return prefix + key.text();
  }

  /** Returns a name of an object that is not one of the store's. */
  String hidden(String word) {
    return prefix + HIDDEN + word;
  }

  /** Returns the key of the object that the server calls {@code name}; empty if it has none. */
  Optional<ObjectKey> key(String name) {
    return Optional.of(name)
        .filter(whole -> whole.startsWith(prefix))
        .map(whole -> whole.substring(prefix.length()))
        .filter(ObjectKey::isValid)
        .map(ObjectKey::of);
  }

  /** Returns the place in words; the same bucket has the same words in every region's setting. */
  String words() {
    return endpoint
        .map(address -> "%s/%s/%s".formatted(withoutSlash(address), bucket, prefix))
        .orElseGet(() -> "s3://%s/%s".formatted(bucket, prefix));
  }

  private static String withoutSlash(URI address) {
    String text = address.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
