package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.PartSizes;
import tools.jackson.databind.JsonNode;

/**
 * What the servers of a store can do, by their own words at {@code /info}.
 *
 * @param fileBytes the longest object in one piece
 * @param segments the most of a long object; 0 where there are no long objects
 * @param hasBulkDelete whether many objects can be removed in one request
 */
record Limits(long fileBytes, int segments, boolean hasBulkDelete) {
  /** What each Swift can do that is not told otherwise. */
  static final Limits STANDARD = new Limits(5L << 30, 1000, false);

  /** A part is kept in memory while it is sent. */
  private static final int PART_BYTES = 8 << 20;

  /** Of objects that would have too many parts. */
  private static final int MAX_PART_BYTES = 64 << 20;

  private static final int MAX_INFORMATION_BYTES = 1 << 20;
  private static final int MAX_SEGMENTS = 10_000;

  /** Asks; servers that do not tell, or not understandably, are taken for standard ones. */
  static Limits ask(Calls calls, Deadline deadline) {
    var answer = calls.account().information(Operation.PROBE, deadline, MAX_INFORMATION_BYTES);
    if (answer.status() != 200) {
      return STANDARD;
    }
    try {
      return of(Json.read(calls.about(Operation.PROBE), answer.body()));
    } catch (BackendException.Unavailable _) {
      return STANDARD;
    }
  }

  static Limits of(JsonNode information) {
    long file = information.path("swift").path("max_file_size").asLong(STANDARD.fileBytes());
    var large = information.path("slo");
    int segments =
        large.isObject() ? large.path("max_manifest_segments").asInt(STANDARD.segments()) : 0;
    return new Limits(
        Math.max(1, file),
        Math.clamp(segments, 0, MAX_SEGMENTS),
        information.path("bulk_delete").isObject());
  }

  PartSizes parts() {
    return new PartSizes(
        (int) Math.min(PART_BYTES, fileBytes),
        (int) Math.min(MAX_PART_BYTES, fileBytes),
        Math.max(1, segments));
  }

  long objectBytes() {
    return (long) parts().most() * parts().maxParts();
  }
}
