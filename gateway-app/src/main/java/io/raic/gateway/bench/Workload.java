package io.raic.gateway.bench;

import io.raic.cloud.PartSizes;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is written to each provider, and read from it again: small objects and some of 1 MiB one
 * after the other, for the times; then a large one, a few at once, and one at once with all other
 * providers, for the rates.
 *
 * @param largeBytes of the objects for the rates together
 */
public record Workload(long largeBytes) {
  /** Less than this would say nothing of a rate. */
  public static final long MIN_LARGE_BYTES = 1 << 20;

  /** More than this is a benchmark of its own, with a bill of its own. */
  public static final long MAX_LARGE_BYTES = 4L << 30;

  static final long SMALL_BYTES = 4 << 10;
  static final long MIDDLE_BYTES = 1 << 20;
  static final int STREAMS = 4;
  private static final int SMALL_OBJECTS = 10;
  private static final int MIDDLE_OBJECTS = 4;

  /** Checks the size. */
  public Workload {
    if (largeBytes < MIN_LARGE_BYTES || largeBytes > MAX_LARGE_BYTES) {
      throw new IllegalArgumentException(
          "%d bytes: want %d to %d".formatted(largeBytes, MIN_LARGE_BYTES, MAX_LARGE_BYTES));
    }
  }

  /** Returns the lengths of the objects that are written one after the other for the times. */
  List<Long> timed() {
    return Stream.concat(
            Collections.nCopies(SMALL_OBJECTS, SMALL_BYTES).stream(),
            Collections.nCopies(MIDDLE_OBJECTS, MIDDLE_BYTES).stream())
        .toList();
  }

  long singleBytes() {
    return largeBytes / 4;
  }

  /** Returns the lengths of the objects that are written to a provider at once. */
  List<Long> streams() {
    return Collections.nCopies(STREAMS, largeBytes / 2 / STREAMS);
  }

  /** Returns the length of the object that is written to every provider at once. */
  long togetherBytes() {
    return largeBytes / 4;
  }

  private Stream<Long> lengths() {
    return Stream.of(
            timed().stream(),
            Stream.of(singleBytes()),
            streams().stream(),
            Stream.of(togetherBytes()))
        .flatMap(all -> all);
  }

  /** Returns how many bytes are written to a provider, and read from it. */
  public long bytes() {
    return lengths().mapToLong(length -> length).sum();
  }

  /** Returns how many objects are written, read and removed. */
  public long objects() {
    return lengths().count();
  }

  /** Returns how many requests the writing takes; one of several parts begins and ends with one. */
  long writes(PartSizes parts) {
    return lengths().mapToLong(length -> writes(length, parts)).sum();
  }

  private static long writes(long length, PartSizes parts) {
    int part = parts.bytesFor(length);
    return part == 0 || length <= part ? 1 : Math.ceilDiv(length, (long) part) + 2;
  }
}
