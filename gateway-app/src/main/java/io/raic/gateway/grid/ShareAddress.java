package io.raic.gateway.grid;

import io.raic.cloud.ObjectKey;
import io.raic.crypto.capability.StorageIndex;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of share objects: {@code shares/PP/SI/N}, where PP are the first two characters of the
 * storage index SI and N is the share number (format §17).
 *
 * <p>A share may also be cut in chunks named {@code N}, {@code N.1}, {@code N.2} and so on; such
 * shares are read, never written.
 */
final class ShareAddress {
  private static final Pattern NAME =
      Pattern.compile("(0|[1-9][0-9]{0,2})(?:\\.([1-9][0-9]{0,5}))?");

  /**
   * What the last part of a name says.
   *
   * @param shareNumber the share
   * @param chunk its place among the chunks of the share, from 0
   */
  record Part(int shareNumber, int chunk) {}

  private ShareAddress() {}

  /** Returns what the names of all shares of a file begin with. */
  static String prefix(StorageIndex storageIndex) {
    String text = storageIndex.text();
    return "shares/" + text.substring(0, 2) + "/" + text + "/";
  }

  /** Returns the name of a share. */
  static ObjectKey key(StorageIndex storageIndex, int shareNumber) {
    return ObjectKey.of(prefix(storageIndex) + shareNumber);
  }

  /** Returns the storage index in the name of a share; empty if the name is none. */
  static Optional<StorageIndex> storageIndex(ObjectKey key) {
    var parts = key.text().split("/", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(StorageIndex.parse(parts[2]));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Reads a name below {@code prefix}; empty if it is not one of a share. */
  static Optional<Part> parse(String prefix, String key) {
    if (!key.startsWith(prefix)) {
      return Optional.empty();
    }
    var match = NAME.matcher(key.substring(prefix.length()));
    if (!match.matches()) {
      return Optional.empty();
    }
    String chunk = match.group(2);
    return Optional.of(
        new Part(Integer.parseInt(match.group(1)), chunk == null ? 0 : Integer.parseInt(chunk)));
  }
}
