package io.raic.cloud.box;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.list;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.ObjectKey;
import org.junit.jupiter.api.Test;

/** Calls are counted by Box, so they are here. */
class BoxCallsTest {
  private static final ObjectKey KEY = ObjectKey.of("shares/ab/abcd/0");

  @Test
  void writingTakesOneCallOnceItsFolderWasSeen() {
    try (var fake = new StoreOfFake()) {
      put(fake.store(), KEY, bytes(1, 10));
      assertThat(fake.box.calls().of("mkdir")).isEqualTo(2);
      fake.box.calls().clear();
      put(fake.store(), ObjectKey.of("shares/ab/other/0"), bytes(1, 10));
      assertThat(fake.box.calls().of("upload")).isEqualTo(1);
      put(fake.store(), KEY, bytes(2, 10));
      assertThat(fake.box.calls().of("new version")).isEqualTo(1);
      assertThat(fake.box.calls().ofTheApi()).isEqualTo(2);
    }
  }

  @Test
  void theSharesOfAFileAreFoundWithOneCallAndReadWithTwoEach() {
    try (var fake = new StoreOfFake()) {
      for (int i = 0; i < 5; i++) {
        put(fake.store(), ObjectKey.of("shares/ab/abcd/" + i), bytes(i, 10));
      }
      fake.box.calls().clear();
      assertThat(keys(fake.store(), "shares/ab/abcd/")).hasSize(5);
      assertThat(fake.box.calls().ofTheApi()).isEqualTo(1);
      assertThat(read(fake.store(), KEY)).isPresent();
      assertThat(fake.box.calls().ofTheApi()).isEqualTo(3);
      assertThat(fake.box.calls().of("body")).isEqualTo(1);
    }
  }

  @Test
  void aGatewayThatHasSeenNothingFindsAnObjectWithFourCallsAndReadsIt() {
    try (var fake = new StoreOfFake();
        var another = fake.another()) {
      put(fake.store(), KEY, bytes(1, 10));
      fake.box.calls().clear();
      assertThat(another.stat(KEY, soon())).isPresent();
      assertThat(fake.box.calls().ofTheApi()).isEqualTo(4);
      assertThat(read(another, KEY).orElseThrow()).isEqualTo(bytes(1, 10));
    }
  }

  @Test
  void removingTakesThreeCalls() {
    try (var fake = new StoreOfFake()) {
      put(fake.store(), KEY, bytes(1, 10));
      fake.box.calls().clear();
      assertThat(fake.store().delete(KEY, soon())).isTrue();
      assertThat(fake.box.calls().ofTheApi()).isEqualTo(3);
      fake.box.calls().clear();
      assertThat(fake.store().delete(KEY, soon())).isFalse();
      assertThat(fake.box.calls().ofTheApi()).isEqualTo(1);
    }
  }

  @Test
  void aSweepTakesOneCallForEachFolderHoweverManyPagesItHas() {
    try (var fake = new StoreOfFake()) {
      for (int i = 0; i < 60; i++) {
        put(fake.store(), ObjectKey.of("shares/a%d/file/%02d".formatted(i % 3, i)), new byte[0]);
      }
      fake.box.calls().clear();
      assertThat(list(fake.store(), "", 7)).hasSize(60);
      assertThat(fake.box.calls().ofTheApi()).isEqualTo(5);
    }
  }
}
