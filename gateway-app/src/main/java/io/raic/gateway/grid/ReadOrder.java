package io.raic.gateway.grid;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Which of the shares that could be read to read first.
 *
 * <p>A read lasts as long as the slowest share in use, so all that are about as fast as the slowest
 * of the fastest are equally good; among them the cheapest come first, then those of which more is
 * known, and then the data shares, which need no decoding.
 */
final class ReadOrder {
  /** Up to this much more of the time is about the same. */
  private static final double SLACK = 0.25;

  /** Up to this much more is about the same, however fast the stores are. */
  private static final long SLACK_NANOS = Duration.ofMillis(2).toNanos();

  /** How much there is against asking a store. */
  enum Doubt {
    /** Nothing. */
    NONE,
    /** Its share was late, or bad in part, in this very read. */
    PUT_BACK,
    /** It has not answered since it was late or failed. */
    PROBATION,
    /** It would hardly answer now. */
    SUSPECT
  }

  /**
   * A share that could be read.
   *
   * @param share which, and where
   * @param doubt what there is against its store
   * @param nanos how long it is expected to take
   * @param price of reading from its store, for each byte the same
   * @param known whether the share was opened lately
   * @param data whether it holds a part of the file as it is
   */
  record Option(
      FoundShare share, Doubt doubt, long nanos, BigDecimal price, boolean known, boolean data) {}

  private static final Comparator<Option> AMONG_EQUALS =
      Comparator.comparing(Option::price)
          .thenComparing(Option::known, Comparator.reverseOrder())
          .thenComparing(Option::data, Comparator.reverseOrder())
          .thenComparingInt(option -> option.share().shareNumber());

  private ReadOrder() {}

  /** Returns {@code options} with the best {@code wanted} first, and the others as they follow. */
  static List<Option> of(List<Option> options, int wanted) {
    var byTime =
        options.stream()
            .sorted(Comparator.comparing(Option::doubt).thenComparingLong(Option::nanos))
            .toList();
    if (byTime.isEmpty()) {
      return byTime;
    }
    var last = byTime.get(Math.min(wanted, byTime.size()) - 1);
    long limit = last.nanos() + Math.max(SLACK_NANOS, (long) (last.nanos() * SLACK));
    // Those that are better in kind than the last come first whatever they take.
    return byTime.stream()
        .sorted(
            Comparator.comparing(Option::doubt)
                .thenComparingLong(option ->
                    option.doubt() == last.doubt() && option.nanos() > limit ? option.nanos() : 0L)
                .thenComparing(AMONG_EQUALS))
        .toList();
  }
}
