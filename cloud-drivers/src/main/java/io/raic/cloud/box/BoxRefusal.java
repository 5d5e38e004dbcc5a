package io.raic.cloud.box;

import java.time.Duration;
import java.util.Optional;

/**
 * An answer of Box that is no success; some of them are what a call wants to know. It never leaves
 * the driver.
 */
final class BoxRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * An item that has the name already.
   *
   * @param isFile whether it is a file, or else a folder
   * @param id its id
   */
  record Conflict(boolean isFile, String id) {}

  private final int status;
  private final String code;
  private final transient Optional<String> requestId;
  private final transient Optional<Duration> retryAfter;
  private final transient Optional<Conflict> conflict;

  BoxRefusal(
      int status,
      String code,
      String words,
      Optional<String> requestId,
      Optional<Duration> retryAfter,
      Optional<Conflict> conflict) {
    super(words, null, false, false);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
    this.conflict = conflict;
  }

  int status() {
    return status;
  }

  /** Returns Box's word for what is wrong, or "". */
  String code() {
    return code;
  }

  /** Returns what Box says of it, or "". */
  String words() {
    return String.valueOf(getMessage());
  }

  Optional<String> requestId() {
    return requestId;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** Returns what has the name, if that is the trouble and Box says what it is. */
  Optional<Conflict> conflict() {
    return conflict;
  }

  boolean isNotFound() {
    return status == 404;
  }

  /** Says whether the version that was to be there is not. */
  boolean isPrecondition() {
    return status == 412;
  }

  boolean isNameInUse() {
    return status == 409 && code.equals("item_name_in_use");
  }

  /** Says whether the work is not done yet, and the same request will tell later. */
  boolean isNotReady() {
    return status == 202;
  }
}
