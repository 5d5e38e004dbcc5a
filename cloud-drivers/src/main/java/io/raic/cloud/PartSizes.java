package io.raic.cloud;

/**
 * How long the parts are that a store takes long objects in; one part of an upload is in memory at
 * a time, so that it can be sent again.
 *
 * @param usual the bytes of a part of most objects; 0 where nothing is kept
 * @param most of the longest objects
 * @param maxParts of an object
 */
public record PartSizes(int usual, int most, int maxParts) {
  /** Those of a store that keeps nothing of what it was given. */
  public static final PartSizes NONE = new PartSizes(0, 0, 1);

  /** Checks the order. */
  public PartSizes {
    if (usual < 0 || most < usual || maxParts < 1) {
      throw new IllegalArgumentException(
          "parts of %d to %d bytes, at most %d".formatted(usual, most, maxParts));
    }
  }

  /** Returns parts that are the same for every object. */
  public static PartSizes always(int bytes) {
    return new PartSizes(bytes, bytes, Integer.MAX_VALUE);
  }

  /**
   * Returns the parts of an object of {@code length}: as short as can be, of which not too many.
   */
  public int bytesFor(long length) {
    return Math.clamp(Math.ceilDiv(length, (long) maxParts), usual, most);
  }

  /** Returns how much memory an upload of {@code length} takes. */
  public long memoryFor(long length) {
    return Math.min(length, bytesFor(length));
  }
}
