package io.raic.benchmarks.system.store;

/** What is wrong with a store. It holds for requests that run as well as for those that come. */
public sealed interface Fault {
  /** Says whether a request for an object can be answered as if nothing were. */
  default boolean isNone() {
    return this instanceof None;
  }

  /** Nothing. */
  record None() implements Fault {}

  /** Takes connections and never answers; a body that is on its way stops where it is. */
  record Hang() implements Fault {}

  /** Ends each connection at once. */
  record Refuse() implements Fault {}

  /** Answers that it is busy. */
  record Busy(int retryAfterSeconds) implements Fault {}

  /** Resets the connection in the middle of a body, of either direction. */
  record Reset() implements Fault {}

  /** Ends the connection in good order in the middle of a body that it sends. */
  record Truncate() implements Fault {}

  /** Sends bodies with a wrong byte in each piece. */
  record Corrupt() implements Fault {}
}
