package io.raic.cloud.contract;

import static io.raic.cloud.contract.StoreUse.list;
import static io.raic.cloud.contract.StoreUse.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.ObjectKey;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More objects than a page of any provider has. */
public interface ManyObjectsContract extends EmptyBackend {
  /** How many there are. */
  int MANY = 10_000;

  private static ObjectKey key(int i) {
    return ObjectKey.of("shares/%02d/s%05d/%d".formatted(i % 50, i, i % 5));
  }

  @Test
  default void tenThousandObjectsAreListedInPages() throws InterruptedException {
    try (var store = emptyBackend()) {
      var next = new AtomicInteger();
      Racers.race(
          16,
          _ -> {
            for (int i = next.getAndIncrement(); i < MANY; i = next.getAndIncrement()) {
              put(store, key(i), new byte[0]);
            }
            return true;
          });
      assertThat(list(store, "", 3000))
          .extracting(info -> info.key().text())
          .containsExactlyElementsOf(
              IntStream.range(0, MANY).mapToObj(i -> key(i).text()).sorted().toList());
      assertThat(list(store, "shares/07/", 30)).hasSize(MANY / 50);
    }
  }
}
