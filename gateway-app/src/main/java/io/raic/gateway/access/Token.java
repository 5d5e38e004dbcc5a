package io.raic.gateway.access;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a token; not the token, which only its owner has.
 *
 * @param id made by us, never used again
 * @param name given to it, of which no two tokens that are not revoked have the same
 * @param created when
 * @param rights what it allows
 * @param revoked when, if it was
 * @param use what was made of it
 */
public record Token(
    String id, String name, Instant created, Rights rights, Optional<Instant> revoked, Use use) {

  /**
   * What a token allows.
   *
   * @param expires until when, if not for ever
   * @param readOnly whether it only reads
   * @param quotaBytes how much may be stored with it in all, if not any number
   */
  public record Rights(Optional<Instant> expires, boolean readOnly, OptionalLong quotaBytes) {
    /** Everything, for ever. */
    public static final Rights ALL = new Rights(Optional.empty(), false, OptionalLong.empty());

    /** Checks the quota. */
    public Rights {
      if (quotaBytes.orElse(0) < 0) {
        throw new IllegalArgumentException("a quota is not less than nothing");
      }
    }

    /** Returns them in one line, for people. */
    String words() {
      var words = new StringBuilder(readOnly ? "read-only" : "read and store");
      expires.ifPresent(end -> words.append(", until ").append(end));
      quotaBytes.ifPresent(most -> words.append(", at most ").append(most).append(" bytes"));
      return words.toString();
    }
  }

  /**
   * What was made of a token.
   *
   * @param storedBytes of plaintext, in all uploads that were answered
   * @param requests that it let in; of the last minute some may be missing
   * @param last when it was used; some of the last minute may be missing
   */
  public record Use(long storedBytes, long requests, Optional<Instant> last) {}

  /** Says whether it lets anybody in at {@code now}. */
  public boolean isValid(Instant now) {
    return revoked.isEmpty() && rights.expires().map(now::isBefore).orElse(true);
  }

  /** Returns whoever comes with it. */
  Caller caller() {
    return new Caller(id, name, rights.readOnly(), rights.quotaBytes().isPresent());
  }
}
