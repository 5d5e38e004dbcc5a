package io.raic.cloud;

import java.util.regex.Pattern;

/** What a store may be called, so that its name can stand in errors, logs, metrics and paths. */
public final class BackendId {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private BackendId() {}

  /** Refuses everything else. */
  public static void require(String id) {
    if (!VALID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a store is named by 1 to 64 letters, digits, dots, dashes and underscores");
    }
  }
}
