package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.memory.MemoryBackend;
import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.grid.ReadOrder.Doubt;
import io.raic.gateway.grid.ReadOrder.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadOrderTest {
  private static final StorageIndex INDEX = StorageIndex.parse("aaaaaaaaaaaaaaaaaaaaaaaaaa");

  private static Option option(int share, Doubt doubt, double millis, double price, boolean known) {
    var store = new Store("store", new MemoryBackend("store-" + share));
    return new Option(
        FoundShare.guess(store, INDEX, share),
        doubt,
        (long) (millis * Duration.ofMillis(1).toNanos()),
        BigDecimal.valueOf(price),
        known,
        share < 3);
  }

  private static Option fast(int share, double millis) {
    return option(share, Doubt.NONE, millis, 0, false);
  }

  private static List<Integer> order(Option... options) {
    return ReadOrder.of(List.of(options), 3).stream().map(o -> o.share().shareNumber()).toList();
  }

  @Test
  void dataSharesComeFirstAmongStoresThatAreAboutAsFast() {
    assertThat(order(fast(4, 90), fast(3, 80), fast(2, 110), fast(1, 105), fast(0, 100)))
        .containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void aStoreThatIsSlowerThanThatComesLater() {
    assertThat(order(fast(0, 130), fast(1, 100), fast(2, 100), fast(3, 100), fast(4, 200)))
        .containsExactly(1, 2, 3, 0, 4);
  }

  @Test
  void aFewMillisecondsAreAboutTheSame() {
    assertThat(order(fast(0, 2.5), fast(1, 1), fast(2, 1), fast(3, 1), fast(4, 9)))
        .containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void theCheaperStoresComeFirstAmongStoresThatAreAboutAsFast() {
    assertThat(
            order(
                option(0, Doubt.NONE, 100, 0.12, false),
                option(1, Doubt.NONE, 100, 0.09, false),
                option(2, Doubt.NONE, 100, 0, false),
                option(3, Doubt.NONE, 120, 0, false),
                option(4, Doubt.NONE, 300, 0, false)))
        .containsExactly(2, 3, 1, 0, 4);
  }

  @Test
  void sharesThatWereOpenedLatelyComeFirstAmongEquals() {
    assertThat(order(fast(0, 100), option(4, Doubt.NONE, 100, 0, true), fast(1, 100)))
        .containsExactly(4, 0, 1);
  }

  @Test
  void storesInDoubtComeLastHoweverFastTheyWere() {
    assertThat(
            order(
                option(0, Doubt.SUSPECT, 1, 0, true),
                option(1, Doubt.PROBATION, 1, 0, true),
                option(2, Doubt.PUT_BACK, 1, 0, true),
                fast(3, 500),
                fast(4, 900)))
        .containsExactly(3, 4, 2, 1, 0);
  }

  @Test
  void whereThereIsNothingNothingComesFirst() {
    assertThat(ReadOrder.of(Stream.<Option>empty().toList(), 3)).isEmpty();
  }
}
