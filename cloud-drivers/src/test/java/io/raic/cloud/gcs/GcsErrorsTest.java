package io.raic.cloud.gcs;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.gcs.fake.GcsFake;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GcsErrorsTest {
  private static final ObjectKey KEY = ObjectKey.of("a/b");

  private final GcsFake fake = GcsUse.fake();

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void aBucketThatDoesNotExistIsNoAbsentObject() {
    try (var store =
        GcsUse.open(fake, Map.of("bucket", "not-there", "credentials", fake.serviceAccount()))) {
      for (Runnable call :
          new Runnable[] {
            () -> store.probe(soon()),
            () -> store.stat(KEY, soon()),
            () -> store.get(KEY, ByteRange.ALL, soon()),
            () -> store.get(KEY, new ByteRange(1, 1), soon()),
            () -> store.delete(KEY, soon()),
            () -> keys(store, ""),
            () -> put(store, KEY, bytes(1, 10)),
            () -> put(store, KEY, bytes(1, GcsDriver.PART_BYTES + 1)),
          }) {
        assertThatThrownBy(call::run)
            .isInstanceOf(BackendException.AccessDenied.class)
            .hasMessageContaining("bucket not-there does not exist");
      }
    }
  }

  @Test
  void aMissingRightIsNamedWithTheRequest() {
    fake.access().deny("storage.objects.create");
    try (var store = GcsUse.open(fake)) {
      assertThatThrownBy(() -> put(store, KEY, bytes(1, 10)))
          .isInstanceOfSatisfying(
              BackendException.AccessDenied.class,
              e -> {
                assertThat(e).hasMessageContaining("storage.objects.create");
                assertThat(e.request().id()).isPresent();
              });
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(BackendException.AccessDenied.class)
          .hasMessageContaining("on bucket raic-test it lacks storage.objects.create");
      assertThat(store.stat(KEY, soon())).isEmpty();
    }
  }

  @Test
  void aForbiddenBucketIsDenied() {
    fake.access().forbid(GcsUse.BUCKET);
    try (var store = GcsUse.open(fake)) {
      assertThatThrownBy(() -> read(store, KEY))
          .isInstanceOf(BackendException.AccessDenied.class)
          .hasMessageContaining("storage.objects.get");
    }
  }

  @Test
  void whatIsThrottledIsTriedAgainWhenTheServiceSaysSo() {
    try (var store = GcsUse.open(fake)) {
      fake.faults().throttle("POST /upload", 2, Duration.ZERO);
      put(store, KEY, bytes(1, 10));
      fake.faults().throttle("GET /download", 2, Duration.ZERO);
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(1, 10));
      fake.faults().throttle("DELETE", 1, Duration.ofHours(2));
      assertThatThrownBy(() -> store.delete(KEY, soon()))
          .isInstanceOfSatisfying(
              BackendException.Throttled.class,
              e -> {
                assertThat(e.retryAfter()).isEqualTo(Duration.ofHours(2));
                assertThat(e).hasMessageContaining("rateLimitExceeded");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 503, 504})
  void aFailureOfTheServiceIsRiddenOut(int status) {
    try (var store = GcsUse.open(fake)) {
      fake.faults().fail("POST /upload", 2, status);
      put(store, KEY, bytes(1, 10));
      fake.faults().fail("GET", 2, status);
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(1, 10));
      fake.faults().failAfter("DELETE", 1, status);
      assertThat(store.delete(KEY, soon())).isTrue();
    }
  }
}
