package io.raic.gateway.audit;

import java.util.Optional;

/**
 * Whether the log is as it was written.
 *
 * @param records how many fit, from the first on
 * @param head the hash of the last of them
 * @param broken what is wrong with the one after, if something is
 * @param hasExpected whether the hash that was asked for is the hash of one of them
 */
public record Verification(
    long records, String head, Optional<String> broken, boolean hasExpected) {
  private static final int PAGE = 1000;

  /**
   * Reads the whole log, a page at a time.
   *
   * @param expected the hash of a record that was noted before; a log that was cut off before it
   *     fits, but does not have it
   */
  public static Verification of(AuditLog log, Optional<String> expected) {
    long seq = 0;
    String head = AuditRecord.NO_HASH;
    boolean found = expected.isEmpty() || expected.get().equals(head);
    for (var page = log.after(Long.MIN_VALUE, PAGE); !page.isEmpty(); page = log.after(seq, PAGE)) {
      for (var next : page) {
        if (next.seq() != seq + 1) {
          return new Verification(seq, head, Optional.of(gap(seq, next)), found);
        }
        if (!next.follows(head)) {
          return new Verification(
              seq, head, Optional.of("record %d was changed".formatted(next.seq())), found);
        }
        seq = next.seq();
        head = next.hash();
        found = found || expected.get().equals(head);
      }
    }
    return new Verification(seq, head, Optional.empty(), found);
  }

  private static String gap(long last, AuditRecord next) {
    return next.seq() > last
        ? "record %d is missing".formatted(last + 1)
        : "record %d was put in".formatted(next.seq());
  }

  /** Says whether nothing is wrong. */
  public boolean isGood() {
    return broken.isEmpty() && hasExpected;
  }
}
