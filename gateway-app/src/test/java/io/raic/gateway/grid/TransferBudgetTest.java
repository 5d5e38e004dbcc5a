package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.gateway.schedule.VirtualThreads;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransferBudgetTest {
  private final TransferBudget budget =
      new TransferBudget(1 << 20, Duration.ofMillis(20), new VirtualThreads());

  @Test
  void whatIsGivenBackCanBeTakenAgain() throws BusyException {
    for (int i = 0; i < 100; i++) {
      try (var first = budget.take(1 << 19);
          var second = budget.take(1 << 19)) {
        assertThat(first).isNotSameAs(second);
      }
    }
  }

  @Test
  void whoFindsNothingLeftIsRefusedAfterAWhile() throws BusyException {
    try (var _ = budget.take(1 << 20)) {
      assertThatThrownBy(() -> budget.take(1))
          .isInstanceOfSatisfying(
              BusyException.class,
              e -> assertThat(e.retryAfter()).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
    }
  }

  @Test
  void whoNeedsMoreThanThereIsGetsAll() throws BusyException {
    try (var _ = budget.take(1L << 40)) {
      assertThatThrownBy(() -> budget.take(1)).isInstanceOf(BusyException.class);
    }
  }

  @Test
  void whoHasAllNeedsNoMore() throws BusyException {
    try (var share = budget.take(1L << 40)) {
      share.growTo(1L << 41);
      share.growTo(1);
    }
    try (var _ = budget.take(1 << 20)) {
      assertThatThrownBy(() -> budget.take(1)).isInstanceOf(BusyException.class);
    }
  }

  @Test
  void whatWasAddedIsGivenBackToo() throws BusyException {
    for (int i = 0; i < 100; i++) {
      try (var share = budget.take(1 << 18)) {
        share.growTo(1 << 20);
        assertThatThrownBy(() -> budget.take(1)).isInstanceOf(BusyException.class);
      }
    }
  }
}
