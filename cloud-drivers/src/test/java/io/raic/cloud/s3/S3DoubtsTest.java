package io.raic.cloud.s3;

import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is known, and what is not, after an attempt that failed. */
class S3DoubtsTest {
  @Test
  void aTrialThatIsCutShortDoesNotSpoilTheNextOne() {
    var requests = new AtomicInteger();
    FakeS3.Fault burst =
        (_, server) -> {
          int number = requests.incrementAndGet();
          return number == 2 || number == 3
              ? FakeS3.Answer.error(503, "ServiceUnavailable")
              : server.get();
        };
    try (var fake = new FakeS3(burst);
        var store = fake.open()) {
      store.probe(soon());
      assertThat(store.traits().createOnly()).isTrue();
      assertThat(store.traits().replaceIfMatches()).isTrue();
    }
  }
}
