package io.raic.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.PartSizes;
import io.raic.gateway.provider.Prices;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostTest {
  private static final Workload WORK = new Workload(64 << 20);

  private static Optional<BigDecimal> price(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
  }

  private static Cost cost(String egress, String put, String get) {
    var prices = new Prices(price("9"), price(egress), price(put), price(get));
    return Cost.of("p", WORK, PartSizes.NONE, prices);
  }

  @Test
  void itIsEveryRequestAndEveryByteOnce() {
    var cost = cost("0.09", "0.005", "0.0004");
    assertThat(cost.writes()).isEqualTo(20);
    assertThat(cost.reads()).isEqualTo(20);
    assertThat(cost.bytes()).isEqualTo((64 + 4) * 1048576L + 10 * 4096);
    assertThat(cost.amount().orElseThrow().doubleValue())
        .isEqualTo(cost.bytes() / 1e9 * 0.09 + 0.02 * 0.0054, within());
    assertThat(cost.isWhole()).isTrue();
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-12);
  }

  @Test
  void whatHasNoPriceIsToldApart() {
    assertThat(cost("", "", "").amount()).isEmpty();
    assertThat(cost("", "1", "").isWhole()).isFalse();
    assertThat(cost("", "1", "").amount().orElseThrow()).isEqualByComparingTo("0.02");
  }

  @Test
  void partsAreRequestsToo() {
    var prices = new Prices(price(""), price(""), price(""), price(""));
    var cost = Cost.of("p", WORK, PartSizes.always(5 << 20), prices);
    // Two of 16 MiB are 4 parts each, four of 8 MiB are 2, each begun and ended.
    assertThat(cost.writes()).isEqualTo(14 + 2 * (4 + 2) + 4 * (2 + 2));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, (1 << 20) - 1, (4L << 30) + 1})
  void aWorkloadHasBounds(long bytes) {
    assertThatThrownBy(() -> new Workload(bytes)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSpreadTellsTheMiddleAndTheEnd() {
    var hundred = new Spread(LongStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList());
    assertThat(hundred.median()).contains(Duration.ofMillis(50));
    assertThat(hundred.p95()).contains(Duration.ofMillis(95));
    var two = new Spread(List.of(Duration.ofMillis(9), Duration.ofMillis(1)));
    assertThat(two.median()).contains(Duration.ofMillis(1));
    assertThat(two.p95()).contains(Duration.ofMillis(9));
    assertThat(new Spread(List.of()).median()).isEmpty();
  }
}
