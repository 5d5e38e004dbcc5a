package io.raic.gateway.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which k and n to take.
 *
 * <p>First comes what may be away: two operators, and from n = 9 on a quarter of the n, as more
 * providers fail more often. Of what reaches that, what stores least; of that, what is fastest.
 * Where nothing reaches it, what comes nearest.
 *
 * @param choices all that are safe
 * @param best the one to take; empty if none is safe
 * @param reason in one sentence
 */
public record Advice(List<Choice> choices, Optional<Choice> best, String reason) {
  private static final int WANTED_AWAY = 2;
  private static final int QUARTER = 4;

  private static final Comparator<Choice> BEST_FIRST =
      Comparator.comparingInt((Choice choice) -> isEnough(choice) ? 0 : 1)
          .thenComparingInt(choice -> isEnough(choice) ? 0 : -choice.operatorsAway())
          .thenComparingInt(choice -> isEnough(choice) ? 0 : -choice.providersAway())
          .thenComparingDouble(Choice::overhead)
          .thenComparingDouble(choice -> -Math.min(choice.upload(), choice.download()));

  /** Copies the list. */
  public Advice {
    choices = List.copyOf(choices);
  }

  static Advice of(List<Choice> choices) {
    return choices.stream()
        .min(BEST_FIRST)
        .map(best -> new Advice(choices, Optional.of(best), reason(best)))
        .orElseGet(() ->
            new Advice(
                choices,
                Optional.empty(),
                "no k and n is safe: that takes at least three working providers, of three"
                    + " different operators"));
  }

  private static boolean isEnough(Choice choice) {
    return choice.operatorsAway() >= Math.max(WANTED_AWAY, Math.ceilDiv(choice.total(), QUARTER));
  }

  private static String reason(Choice best) {
    String away =
        best.operatorsAway() == best.providersAway()
            ? "any %s may be away".formatted(providers(best.providersAway()))
            : "any %s may be away, and any %s"
                .formatted(
                    providers(best.providersAway()),
                    best.operatorsAway() == 1
                        ? "operator with all it has"
                        : best.operatorsAway() + " operators with all they have");
    // An upload is acknowledged when k+1 have their shares.
    String write =
        best.total() == best.needed() + 1
            ? ", but not for an upload unless raic.happy is " + best.needed()
            : "";
    return String.format(
        Locale.ROOT,
        "%s: %s%s; %s, at %.2f bytes for each byte of a file",
        best.name(),
        away,
        write,
        isEnough(best)
            ? "of all that bear as much it stores least"
            : "with these providers nothing bears more",
        best.overhead());
  }

  private static String providers(int count) {
    return count == 1 ? "provider" : count + " providers";
  }

  /** Returns the choices, the best first. */
  public List<Choice> ranked() {
    var ranked = new ArrayList<>(choices);
    ranked.sort(BEST_FIRST);
    return ranked;
  }
}
