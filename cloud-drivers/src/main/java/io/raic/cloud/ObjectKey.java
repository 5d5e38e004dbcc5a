package io.raic.cloud;

import java.util.regex.Pattern;

/**
 * The name of an object: parts of letters, digits, dots, dashes and underscores between slashes,
 * which every provider takes as they are and no file system takes for something else.
 *
 * @param text the whole name
 */
public record ObjectKey(String text) implements Comparable<ObjectKey> {
  /** The most characters of a name. */
  public static final int MAX_CHARACTERS = 512;

  /** The most characters between two slashes. */
  public static final int MAX_PART_CHARACTERS = 255;

  private static final Pattern VALID =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,254})*");

  /** Refuses everything else; no part begins with a dot. */
  public ObjectKey {
    if (!isValid(text)) {
      throw new IllegalArgumentException(
          "an object key is at most %d characters of parts like a-Z0-9._- between slashes"
              .formatted(MAX_CHARACTERS));
    }
  }

  /** Returns whether {@code text} is a key. */
  public static boolean isValid(String text) {
    return text.length() <= MAX_CHARACTERS && VALID.matcher(text).matches();
  }

  /** Returns the key {@code text}. */
  public static ObjectKey of(String text) {
    return new ObjectKey(text);
  }

  @Override
  public int compareTo(ObjectKey other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
