package io.raic.cloud.gcs.fake;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a request demands of the live version of an object.
 *
 * @param generationMatch is this one; 0 where there must be none
 * @param generationNotMatch is not this one; 0 where there must be one
 * @param metagenerationMatch its metadata are of this generation
 * @param metagenerationNotMatch its metadata are not of this generation
 */
record Preconditions(
    OptionalLong generationMatch,
    OptionalLong generationNotMatch,
    OptionalLong metagenerationMatch,
    OptionalLong metagenerationNotMatch) {
  Preconditions {
    if (generationMatch.isPresent() && generationNotMatch.isPresent()) {
      throw Refusal.invalid("ifGenerationMatch and ifGenerationNotMatch exclude each other");
    }
  }

  static Preconditions of(Call call) {
    return new Preconditions(
        call.number("ifGenerationMatch"),
        call.number("ifGenerationNotMatch"),
        call.number("ifMetagenerationMatch"),
        call.number("ifMetagenerationNotMatch"));
  }

  /** Refuses a change where they do not hold. */
  void requireForChange(Optional<StoredObject> live) {
    if (!matches(live) || isUnchanged(live)) {
      throw Refusal.conditionNotMet();
    }
  }

  /** Refuses a read where they do not hold, and returns whether the reader knows all already. */
  boolean isKnownToReader(StoredObject live) {
    if (!matches(Optional.of(live))) {
      throw Refusal.conditionNotMet();
    }
    return isUnchanged(Optional.of(live));
  }

  private boolean matches(Optional<StoredObject> live) {
    long generation = live.map(StoredObject::generation).orElse(0L);
    boolean isRightMetadata =
        metagenerationMatch.isEmpty()
            || live.filter(o -> o.metageneration() == metagenerationMatch.getAsLong()).isPresent();
    return generationMatch.orElse(generation) == generation && isRightMetadata;
  }

  private boolean isUnchanged(Optional<StoredObject> live) {
    long generation = live.map(StoredObject::generation).orElse(0L);
    boolean isSame = generationNotMatch.isPresent() && generationNotMatch.getAsLong() == generation;
    boolean isSameMetadata =
        metagenerationNotMatch.isPresent()
            && live.filter(o -> o.metageneration() == metagenerationNotMatch.getAsLong())
                .isPresent();
    return isSame || isSameMetadata;
  }
}
