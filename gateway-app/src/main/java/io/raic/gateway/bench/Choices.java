package io.raic.gateway.bench;

import io.raic.gateway.provider.Prices;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Every k and n that is safe with the providers that could be measured, with one share for each of
 * n providers. Pure arithmetic.
 *
 * <p>A file of b bytes is n shares of b/k. It is acknowledged when k+1 providers have theirs, and
 * read from the k that are fastest; all shares of it, or those k, go over one line at once, whose
 * rate bounds what the providers could do.
 */
final class Choices {
  private static final BigDecimal GIBIBYTE = BigDecimal.valueOf(1L << 30);

  /** What all providers together took, and gave: as much as this machine's line lets through. */
  record Line(OptionalDouble up, OptionalDouble down) {
    private static double bounded(double rate, OptionalDouble line, double bytesForOne) {
      return line.isPresent() ? Math.min(rate, line.getAsDouble() / bytesForOne) : rate;
    }
  }

  private final List<Figures> fastestToWrite;
  private final Line line;

  /** Takes all that was measured; providers that failed are left out. */
  Choices(List<Figures> figures, Line line) {
    this.fastestToWrite =
        figures.stream()
            .filter(Figures::isUsable)
            .sorted(Comparator.comparingDouble((Figures f) -> f.up().orElse(0)).reversed())
            .toList();
    this.line = line;
  }

  /** Returns all of them, by n and k. */
  List<Choice> all() {
    var all = new ArrayList<Choice>();
    for (int total = 3; total <= fastestToWrite.size(); total++) {
      for (int needed = 2; needed < total; needed++) {
        choose(needed, total).ifPresent(all::add);
      }
    }
    return all;
  }

  private Optional<Choice> choose(int needed, int total) {
    // The rule of grid.Placement: nobody can read a file alone, and nobody can lose it alone.
    int perOperator = Math.min(needed - 1, total - needed);
    var counts = new HashMap<String, Integer>();
    var chosen = new ArrayList<Figures>();
    for (var provider : fastestToWrite) {
      if (chosen.size() < total && counts.getOrDefault(provider.operator(), 0) < perOperator) {
        counts.merge(provider.operator(), 1, Integer::sum);
        chosen.add(provider);
      }
    }
    return chosen.size() < total
        ? Optional.empty()
        : Optional.of(choice(needed, total, chosen, counts));
  }

  private Choice choice(int needed, int total, List<Figures> chosen, Map<String, Integer> counts) {
    int happy = needed + 1;
    double overhead = total / (double) needed;
    var readers =
        chosen.stream()
            .sorted(Comparator.comparingDouble((Figures f) -> f.down().orElse(0)).reversed())
            .limit(needed)
            .toList();
    double up = needed * chosen.get(happy - 1).up().orElse(0);
    double down = needed * readers.getLast().down().orElse(0);
    return new Choice(
        needed,
        total,
        chosen.stream().map(Figures::id).toList(),
        overhead,
        total - needed,
        operatorsAway(total - needed, counts),
        Line.bounded(up, line.up(), overhead),
        Line.bounded(down, line.down(), 1),
        smallest(happy, chosen, f -> f.small().commit()),
        smallest(needed, chosen, f -> f.small().firstByte()),
        price(needed, chosen, Prices::storageGbMonth),
        price(needed, readers, Prices::egressGb));
  }

  /** Returns how many of those with the most shares can be away together. */
  private static int operatorsAway(int spare, Map<String, Integer> counts) {
    int away = 0;
    int shares = 0;
    for (int count : counts.values().stream().sorted(Comparator.reverseOrder()).toList()) {
      shares += count;
      if (shares > spare) {
        break;
      }
      away++;
    }
    return away;
  }

  /** Returns the median that {@code count} of the providers keep. */
  private static Duration smallest(
      int count, List<Figures> chosen, Function<Figures, Spread> times) {
    return chosen.stream()
        .map(figures -> times.apply(figures).median().orElse(Duration.ZERO))
        .sorted()
        .skip(count - 1L)
        .findFirst()
        .orElse(Duration.ZERO);
  }

  private static Optional<BigDecimal> price(
      int needed, List<Figures> chosen, Function<Prices, Optional<BigDecimal>> price) {
    var known =
        chosen.stream().map(f -> price.apply(f.prices())).flatMap(Optional::stream).toList();
    if (known.size() < chosen.size()) {
      return Optional.empty();
    }
    return known.stream()
        .reduce(BigDecimal::add)
        .map(sum ->
            sum.multiply(GIBIBYTE)
                .divide(Cost.GIGABYTE, MathContext.DECIMAL64)
                .divide(BigDecimal.valueOf(needed), MathContext.DECIMAL64));
  }
}
