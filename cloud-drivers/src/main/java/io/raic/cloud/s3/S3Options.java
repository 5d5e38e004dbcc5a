package io.raic.cloud.s3;

import java.util.Optional;

/**
 * How objects are written.
 *
 * @param storageClass of each object; empty for the bucket's usual one
 * @param conditions the most that is believed of the server
 * @param sum how bytes are protected; empty to find out
 */
record S3Options(
    Optional<String> storageClass, Conditions conditions, Optional<S3Abilities.Sum> sum) {
  /** What is believed of a server's preconditions, if it was seen to keep them. */
  enum Conditions {
    /** All that it was seen to keep. */
    FULL,
    /** Only that it creates what is not there; for those that let two racing replacements win. */
    CREATE_ONLY,
    /** Nothing. */
    NONE
  }
}
