package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Request;
import io.raic.cloud.VersionToken;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the head of an answer says of an object.
 *
 * @param info what the store knows of it
 * @param isLong whether it is in segments
 */
record Found(ObjectInfo info, boolean isLong) {
  /** Reads the head of an answer to HEAD, or to GET of the whole object. */
  static Found of(Request about, ObjectKey key, Function<String, Optional<String>> header) {
    return of(about, key, SwiftErrors.number(header.apply("Content-Length"), -1), header);
  }

  static Found of(
      Request about, ObjectKey key, long size, Function<String, Optional<String>> header) {
    if (size < 0) {
      throw new BackendException.Corrupt(about, "the answer does not tell the object's length");
    }
    boolean isLong = header.apply("X-Static-Large-Object").filter(word -> isTrue(word)).isPresent();
    // The hash that a listing shows of a long object is that of its manifest.
    var hash = header.apply("X-Manifest-Etag").or(() -> header.apply("ETag")).orElse("");
    var version = version(header.apply("Content-Type").orElse(""), hash, size);
    return new Found(new ObjectInfo(key, size, version), isLong);
  }

  private static boolean isTrue(String word) {
    return word.toLowerCase(Locale.ROOT).equals("true");
  }

  /** Returns the version; of what somebody else has written, its hash and size. */
  static VersionToken version(String contentType, String hash, long size) {
    return WriteId.in(contentType)
        .map(WriteId::version)
        .orElseGet(() -> new VersionToken("%s-%d".formatted(hash.replace("\"", ""), size)));
  }
}
