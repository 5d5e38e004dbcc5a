package io.raic.cloud.swift;

import io.raic.cloud.ObjectKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where things are in an account.
 *
 * @param container of the objects
 * @param segments the container of the segments of long ones
 * @param prefix before each key: empty, or parts of a key with a slash at the end
 */
record Places(String container, String segments, String prefix) {
  /** Returns the path of the container, below the account. */
  String containerPath() {
    return "/" + encode(container);
  }

  /** Returns the path of the container of segments. */
  String segmentsPath() {
    return "/" + encode(segments);
  }

  /** Returns the path of an object. Keys need no encoding. */
  String objectPath(ObjectKey key) {
    return objectPath(key.text());
  }

  /** Returns the path of what is called {@code name} below the prefix, which needs no encoding. */
  String objectPath(String name) {
    return containerPath() + "/" + prefix + name;
  }

  /** Returns what all segments of all writes of an object begin with, in their container. */
  String segmentNames(ObjectKey key) {
    return prefix + key.text() + "/";
  }

  /** Returns the name of a segment in its container. */
  String segmentName(ObjectKey key, WriteId id, int number) {
    return "%s%s/%08d".formatted(segmentNames(key), id.text(), number);
  }

  /** Encodes a part of a path or the value of a query. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
