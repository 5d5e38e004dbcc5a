package io.raic.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.VirtualThreads;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LastAnswerTest {
  private final Scheduler scheduler = new VirtualThreads();

  private <T> LastAnswer<T> answer(Supplier<Optional<T>> question) {
    return new LastAnswer<>("test", question, scheduler);
  }

  @Test
  void anAnswerIsGivenAndAQuestionThatFailsHasNone() {
    assertThat(answer(() -> Optional.of(7)).get()).contains(7);
    assertThat(answer(Optional::empty).get()).isEmpty();
    assertThat(
            answer(
                    () -> {
                      throw new IllegalStateException("no database");
                    })
                .get())
        .isEmpty();
  }

  @Test
  void nobodyWaitsForADatabaseThatHangsAndItIsAskedOnce() throws InterruptedException {
    var asked = new AtomicInteger();
    var works = new CountDownLatch(1);
    var answered = new CountDownLatch(1);
    var answer =
        answer(() -> {
          asked.incrementAndGet();
          try {
            works.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          answered.countDown();
          return Optional.of("well");
        });

    assertThat(answer.get()).isEmpty();
    assertThat(answer.get()).isEmpty();
    assertThat(asked).hasValue(1);

    works.countDown();
    answered.await();
    assertThat(answer.get()).contains("well");
  }
}
