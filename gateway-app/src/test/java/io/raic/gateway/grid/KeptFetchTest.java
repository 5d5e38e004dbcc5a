package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.gateway.schedule.VirtualThreads;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeptFetchTest {
  @Test
  void whoWaitsIsToldOfAnErrorToo() {
    var scheduler = new VirtualThreads();
    try (var fetch =
        KeptFetch.start(
            scheduler,
            () -> {
              throw new StackOverflowError("a test");
            })) {
      assertThatThrownBy(() -> fetch.await(Duration.ofSeconds(30).toNanos()))
          .isInstanceOf(IOException.class);
    }
  }
}
