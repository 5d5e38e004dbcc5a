package io.raic.cloud;

/** What must hold of an object for it to be replaced. */
public sealed interface Precondition {
  /** Nothing: whatever is there is replaced. */
  record None() implements Precondition {}

  /** Nothing is there. */
  record Absent() implements Precondition {}

  /**
   * The version that was seen is still there.
   *
   * @param version the one seen
   */
  record Matches(VersionToken version) implements Precondition {}

  /** Returns the one that always holds. */
  static Precondition none() {
    return new None();
  }

  /** Returns the one that allows creating only. */
  static Precondition absent() {
    return new Absent();
  }
}
