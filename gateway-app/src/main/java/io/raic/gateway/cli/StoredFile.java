package io.raic.gateway.cli;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a gateway says of a file that it stored.
 *
 * @param cap what reads the file
 * @param redundancy how many of its shares are stored, as {@code 4/5}; empty if it does not say
 */
record StoredFile(String cap, String redundancy) {
  private static final Pattern SHARES = Pattern.compile("([0-9]{1,3})/([0-9]{1,3})");

  /** Returns a line for people if not all shares are stored. */
  Optional<String> remark() {
    var shares = SHARES.matcher(redundancy);
    return shares.matches() && !shares.group(1).equals(shares.group(2))
        ? Optional.of(
            "the file is safe, with %s of %s shares so far; the gateway stores the rest later"
                .formatted(shares.group(1), shares.group(2)))
        : Optional.empty();
  }
}
