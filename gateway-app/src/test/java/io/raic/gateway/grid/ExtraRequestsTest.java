package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExtraRequestsTest {
  private final ExtraRequests extras = new ExtraRequests();

  private int takeAll() {
    int taken = 0;
    while (extras.take(1)) {
      taken++;
    }
    return taken;
  }

  @Test
  void noMoreThanOneInTwentyIsExtra() {
    assertThat(takeAll()).isEqualTo(ExtraRequests.BURST);
    int taken = 0;
    for (int i = 0; i < 1000; i++) {
      extras.made();
      taken += takeAll();
    }
    assertThat(taken).isBetween(48, 50);
  }

  @Test
  void aQuietTimeSavesNoMoreThanABurst() {
    for (int i = 0; i < 1000; i++) {
      extras.made();
    }
    assertThat(takeAll()).isEqualTo(ExtraRequests.BURST);
  }

  @Test
  void halfOfABurstIsLeftForThoseWhoWait() {
    for (int i = 0; i < ExtraRequests.BURST / 2; i++) {
      assertThat(extras.takeSpare()).isTrue();
    }
    assertThat(extras.takeSpare()).isFalse();
    assertThat(takeAll()).isEqualTo(ExtraRequests.BURST / 2);
  }

  @Test
  void allOrNothingIsTaken() {
    assertThat(extras.take(ExtraRequests.BURST + 1)).isFalse();
    assertThat(extras.take(ExtraRequests.BURST)).isTrue();
    assertThat(extras.take(1)).isFalse();
  }
}
