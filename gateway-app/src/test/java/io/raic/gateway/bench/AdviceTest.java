package io.raic.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.raic.gateway.bench.Figures.Failure;
import io.raic.gateway.bench.Figures.Times;
import io.raic.gateway.grid.Placement;
import io.raic.gateway.provider.Prices;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdviceTest {
  private static final Choices.Line WIDE =
      new Choices.Line(OptionalDouble.empty(), OptionalDouble.empty());
  private static final Prices NO_PRICES =
      new Prices(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static Spread millis(int millis) {
    return new Spread(List.of(Duration.ofMillis(millis)));
  }

  /** Returns a provider of which uploads run at {@code rate} and downloads at twice that. */
  private static Figures figures(int number, String operator, double rate, Prices prices) {
    return new Figures(
        "p" + number,
        operator,
        prices,
        new Times(millis(100 * number), millis(10 * number)),
        new Times(millis(200 * number), millis(20 * number)),
        OptionalDouble.of(rate),
        OptionalDouble.of(2 * rate),
        OptionalDouble.of(rate),
        OptionalDouble.of(rate),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns p1, p2 and so on of the given operators, each slower than the one before. */
  private static List<Figures> providers(String operators) {
    var all = new ArrayList<Figures>();
    for (String operator : operators.split(" ", -1)) {
      int number = all.size() + 1;
      all.add(figures(number, operator, 1000.0 / number, NO_PRICES));
    }
    return all;
  }

  private static Advice advice(List<Figures> figures) {
    return Advice.of(new Choices(figures, WIDE).all());
  }

  private static Choice choice(List<Choice> all, int needed, int total) {
    return all.stream()
        .filter(choice -> choice.needed() == needed && choice.total() == total)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b c | 2 of 3: any provider may be away, but not for an upload unless raic.happy is 2; with these providers nothing bears more, at 1.50 bytes for each byte of a file",
        "a b c d | 2 of 4: any 2 providers may be away; of all that bear as much it stores least, at 2.00 bytes for each byte of a file",
        "a b c d e | 3 of 5: any 2 providers may be away; of all that bear as much it stores least, at 1.67 bytes for each byte of a file",
        "a b c d e f g h | 6 of 8: any 2 providers may be away; of all that bear as much it stores least, at 1.33 bytes for each byte of a file",
        "a b c d e f g h i | 6 of 8: any 2 providers may be away; of all that bear as much it stores least, at 1.33 bytes for each byte of a file",
        "a a b b c | 3 of 5: any 2 providers may be away, and any operator with all it has; with these providers nothing bears more, at 1.67 bytes for each byte of a file",
      })
  void theAdviceSaysWhatMayBeAwayAndWhatItTakes(String operators, String reason) {
    var advice = advice(providers(operators));
    assertThat(advice.reason()).isEqualTo(reason);
    assertThat(advice.best()).contains(advice.ranked().getFirst());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "a a a a a", "a a a b b b"})
  void tooFewOperatorsAreToldSo(String operators) {
    var advice = advice(providers(operators));
    assertThat(advice.best()).isEmpty();
    assertThat(advice.reason()).contains("three different operators");
  }

  @Test
  void whatFailedIsNotCountedOn() {
    var all = providers("a b c d e");
    var slow = all.getFirst();
    all.set(
        0,
        new Figures(
            slow.id(),
            slow.operator(),
            slow.prices(),
            slow.small(),
            slow.middle(),
            slow.up(),
            slow.down(),
            slow.upAtOnce(),
            slow.downAtOnce(),
            Optional.of(new Failure("gone", true)),
            Optional.empty()));
    var best = advice(all).best().orElseThrow();
    assertThat(best.name()).isEqualTo("2 of 4");
    assertThat(best.providers()).doesNotContain("p1");
  }

  @Test
  void anUploadEndsWithOneMoreThanNeededAndADownloadWithTheFastest() {
    var choice = choice(new Choices(providers("a b c d e"), WIDE).all(), 3, 5);
    assertThat(choice.providers()).containsExactly("p1", "p2", "p3", "p4", "p5");
    assertThat(choice.upload()).isCloseTo(3 * 1000.0 / 4, within(0.001));
    assertThat(choice.download()).isCloseTo(3 * 2000.0 / 3, within(0.001));
    assertThat(choice.commit()).isEqualTo(Duration.ofMillis(400));
    assertThat(choice.firstByte()).isEqualTo(Duration.ofMillis(30));
    assertThat(choice.storagePrice()).isEmpty();
  }

  @Test
  void allSharesGoOverOneLine() {
    var line = new Choices.Line(OptionalDouble.of(500), OptionalDouble.of(600));
    var choice = choice(new Choices(providers("a b c d e"), line).all(), 3, 5);
    assertThat(choice.upload()).isCloseTo(500 * 3 / 5.0, within(0.001));
    assertThat(choice.download()).isCloseTo(600, within(0.001));
  }

  @Test
  void pricesAreOfAGibibyteOfFiles() {
    var prices =
        new Prices(
            Optional.of(new BigDecimal("0.02")),
            Optional.of(new BigDecimal("0.09")),
            Optional.empty(),
            Optional.empty());
    var all = new ArrayList<Figures>();
    for (int i = 1; i <= 5; i++) {
      all.add(figures(i, "o" + i, 1, prices));
    }
    var choice = choice(new Choices(all, WIDE).all(), 3, 5);
    assertThat(choice.storagePrice().orElseThrow().doubleValue())
        .isCloseTo(0.02 * 5 / 3 * 1.073741824, within(1e-9));
    assertThat(choice.readPrice().orElseThrow().doubleValue())
        .isCloseTo(0.09 * 1.073741824, within(1e-9));
    all.set(4, figures(5, "o5", 1, NO_PRICES));
    assertThat(choice(new Choices(all, WIDE).all(), 3, 5).storagePrice()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyChoiceIsOneThatAGatewayTakes(int seed) {
    var random = new SplittableRandom(seed);
    var operators = new StringBuilder("a");
    for (int i = 0; i < 1 + seed; i++) {
      operators.append(" o").append(random.nextInt(1 + seed));
    }
    var all = providers(operators.toString());
    var byId = new HashMap<String, String>();
    all.forEach(figures -> byId.put(figures.id(), figures.operator()));
    for (var choice : new Choices(all, WIDE).all()) {
      var chosen = new HashMap<>(byId);
      chosen.keySet().retainAll(choice.providers());
      var rules =
          Placement.forNewFiles(choice.needed(), choice.total(), choice.needed() + 1, chosen);
      for (String operator : chosen.values()) {
        long held = chosen.values().stream().filter(operator::equals).count();
        assertThat(held).isLessThanOrEqualTo(rules.perOperator());
      }
      assertThat(choice.operatorsAway()).isBetween(1, choice.providersAway());
    }
  }
}
