package io.raic.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListenersTest {
  private final Listeners listeners = new Listeners();

  @Test
  void oneUserLeavesRoomForOthers() {
    for (int i = 0; i < Listeners.MAX_OF_USER; i++) {
      assertThat(listeners.enter("ann")).isTrue();
    }
    assertThat(listeners.enter("ann")).isFalse();
    assertThat(listeners.enter("bob")).isTrue();
    listeners.leave("ann");
    assertThat(listeners.enter("ann")).isTrue();
    assertThat(listeners.enter("ann")).isFalse();
  }

  @Test
  void allTogetherAreNotTooMany() {
    for (int i = 0; i < Listeners.MAX; i++) {
      assertThat(listeners.enter("user" + i)).isTrue();
    }
    assertThat(listeners.enter("one more")).isFalse();
    listeners.leave("user0");
    assertThat(listeners.enter("one more")).isTrue();
  }
}
