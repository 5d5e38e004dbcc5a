package io.raic.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ListenersTest {
  private final Listeners listeners = new Listeners();

  private Listeners.Seat enter(String user) {
    return listeners.enter(user).orElseThrow();
  }

  @Test
  void oneMoreOfAUserTakesThePlaceOfTheOldest() throws InterruptedException {
    var isIn = new CountDownLatch(1);
    var isInterrupted = new AtomicBoolean();
    var oldest =
        Thread.ofVirtual()
            .start(() -> {
              var seat = enter("ann");
              isIn.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException _) {
                isInterrupted.set(true);
              } finally {
                seat.leave();
              }
            });
    isIn.await();
    for (int i = 1; i < Listeners.MAX_OF_USER; i++) {
      enter("ann");
    }
    assertThat(isInterrupted).isFalse();

    enter("ann");

    oldest.join();
    assertThat(isInterrupted).isTrue();
  }

  @Test
  void oneUserLeavesRoomForOthers() {
    for (int i = 0; i < 2 * Listeners.MAX; i++) {
      enter("ann");
    }
    var _ = Thread.interrupted();
    for (int i = 0; i < Listeners.MAX - Listeners.MAX_OF_USER; i++) {
      enter("user" + i);
    }
    assertThat(listeners.enter("one more")).isEmpty();
  }

  @Test
  void allTogetherAreNotTooMany() {
    var first = enter("user0");
    for (int i = 1; i < Listeners.MAX; i++) {
      enter("user" + i);
    }
    assertThat(listeners.enter("one more")).isEmpty();
    first.leave();
    first.leave();
    enter("one more");
    assertThat(listeners.enter("another")).isEmpty();
  }
}
