package io.raic.gateway.simulation;

import io.raic.cloud.Operation;

/** What a provider does wrong for a while, to some of its calls. */
enum Trouble {
  /** Takes ten times as long. */
  SLOW(Harm.NONE, Where.ANY),
  /** Accepts a call and never answers; what was asked may happen. */
  HANGS(Harm.READING, Where.ANY),
  /** Stops in the middle of a body. */
  HANGS_MID_BODY(Harm.READING, Where.BODY),
  /** Ends the connection in the middle of a body. */
  RESETS_MID_BODY(Harm.READING, Where.BODY),
  /** Answers 503, with a Retry-After. */
  THROTTLES(Harm.READING, Where.ANY),
  /** Answers 500. */
  FAILS(Harm.READING, Where.ANY),
  /** Answers 403. */
  DENIES(Harm.READING, Where.ANY),
  /** Has no room. */
  FULL(Harm.WRITING, Where.STORING),
  /** Lists deleted objects, and others not. */
  LISTS_STALE(Harm.READING, Where.LISTING),
  /** Does what it was asked, and says that it failed, or nothing. */
  LOSES_ANSWERS(Harm.WRITING, Where.CHANGE),
  /** Does what it was asked, and once more some time later. */
  COMMITS_TWICE(Harm.WRITING, Where.COMMIT),
  /** Says that it failed, or nothing, and does what it was asked some time later. */
  COMMITS_LATE(Harm.WRITING, Where.COMMIT),
  /** Ends a body early. */
  TRUNCATES(Harm.READING, Where.GET),
  /** Turns bits over in what it gives back. */
  FLIPS(Harm.READING, Where.GET),
  /** Gives back something else. */
  GARBLES(Harm.READING, Where.GET),
  /** Gives back another object. */
  SWAPS(Harm.READING, Where.GET),
  /** Gives back what was there before the last change. */
  REPLAYS(Harm.READING, Where.GET);

  private enum Harm {
    NONE,
    WRITING,
    READING
  }

  private enum Where {
    ANY,
    BODY,
    STORING,
    CHANGE,
    COMMIT,
    LISTING,
    GET
  }

  private final Harm harm;
  private final Where where;

  Trouble(Harm harm, Where where) {
    this.harm = harm;
    this.where = where;
  }

  boolean strikes(Operation operation) {
    return switch (where) {
      case ANY -> true;
      case BODY -> operation == Operation.READ || operation == Operation.WRITE;
      case STORING -> operation == Operation.BEGIN || operation == Operation.COMMIT;
      case CHANGE -> operation == Operation.COMMIT || operation == Operation.DELETE;
      case COMMIT -> operation == Operation.COMMIT;
      case LISTING -> operation == Operation.LIST;
      case GET -> operation == Operation.GET;
    };
  }

  /** Says whether reads may fail of it. */
  boolean harmsReading() {
    return harm == Harm.READING;
  }

  /** Says whether anything may fail of it. */
  boolean harms() {
    return harm != Harm.NONE;
  }
}
