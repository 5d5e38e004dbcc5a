package io.raic.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One act, as it is stored.
 *
 * @param seq its number; the first is 1
 * @param at when it was, to the millisecond
 * @param actor who did it: the name of a user, {@code oidc:NAME (SUB)}, {@code cli:NAME} of a user
 *     of the machine, or {@code gateway}
 * @param action what was done, such as {@code user.add}
 * @param subject to what or whom; may be empty
 * @param outcome what came of it; see {@link Outcome#word}
 * @param hash of all of this and of the record before, in hexadecimal
 */
public record AuditRecord(
    long seq,
    Instant at,
    String actor,
    String action,
    String subject,
    String outcome,
    String hash) {
  /** Stands for the hash of the record before the first. */
  static final String NO_HASH = "0".repeat(64);

  /** Returns the record with the hash that it has after one with the hash {@code previous}. */
  static AuditRecord after(
      String previous,
      long seq,
      Instant at,
      String actor,
      String action,
      String subject,
      String outcome) {
    return new AuditRecord(
        seq,
        at,
        actor,
        action,
        subject,
        outcome,
        hash(
            previous,
            Long.toString(seq),
            Long.toString(at.toEpochMilli()),
            actor,
            action,
            subject,
            outcome));
  }

  /** Says whether the hash is right if the record before has the hash {@code previous}. */
  boolean follows(String previous) {
    return after(previous, seq, at, actor, action, subject, outcome).hash().equals(hash);
  }

  /** Each field as a netstring: where one ends cannot be moved into the next. */
  private static String hash(String... fields) {
    var digest = sha256();
    for (String field : fields) {
      byte[] bytes = field.getBytes(UTF_8);
      digest.update((bytes.length + ":").getBytes(UTF_8));
      digest.update(bytes);
      digest.update((byte) ',');
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
