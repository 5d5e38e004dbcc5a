package io.raic.cloud.swift;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.contract.Racers;
import io.raic.cloud.testbed.SwiftServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Swift's own limit: 498 for an account that asks too often. */
class SwiftRateLimitTest {
  @Test
  void aStoreThatIsAskedTooOftenSaysSoOrIsAskedAgain() throws InterruptedException {
    var options = SwiftServer.Options.standard().withLimit(1, Duration.ofSeconds(1));
    try (var server = SwiftServer.start(options);
        var store = SwiftSettings.open(SwiftSettings.tempAuth(server))) {
      // Only containers that are made or removed count for the limit of an account.
      var segments =
          Racers.race(
              8,
              i -> {
                var one =
                    SwiftSettings.with(
                        SwiftSettings.tempAuth(server), "segments-container", "segments" + i);
                try (var writer = SwiftSettings.open(one)) {
                  put(writer, ObjectKey.of("a"), bytes(i, Limits.STANDARD.parts().usual() + 1));
                  return true;
                } catch (BackendException.Throttled _) {
                  return false;
                }
              });
      assertThat(segments).contains(true);
      put(store, ObjectKey.of("a"), bytes(1, 10));
      assertThat(keys(store, "")).containsExactly("a");
      store.probe(soon());
    }
  }
}
