package io.raic.crypto.capability;

import java.util.Optional;

/**
 * What its holder can do with one file or directory, as a string: change it, read it, or check and
 * repair it.
 *
 * <p>The string is the only thing that grants access, so it appears in no {@code toString()}, which
 * shows the kind and the first characters of the storage index: printing it is the explicit {@link
 * #reveal()}. Two capabilities are equal when their strings are. Format §2.
 */
public sealed interface Capability
    permits ReadCap,
        VerifyCap,
        LiteralCap,
        MutableWriteCap,
        MutableReadCap,
        MutableVerifyCap,
        DirectoryCap {

  /** Returns the capability itself, in the one form it is written. A secret. */
  String reveal();

  /** Returns what the string begins with, which is no secret: {@code URI:CHK} and the like. */
  String kind();

  /** Returns the capability that reads but does not change: empty if this one cannot read. */
  Optional<Capability> readOnly();

  /** Returns the capability that checks and repairs: empty if there is nothing stored to check. */
  Optional<Capability> verifyOnly();

  /** Returns what the shares are stored under: empty if nothing is stored. */
  Optional<StorageIndex> index();

  /** Returns what may be logged of a capability. */
  static String redacted(Capability capability) {
    return capability.kind()
        + capability.index().map(index -> ":" + index).orElse("")
        + "[redacted]";
  }
}
