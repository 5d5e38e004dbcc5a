package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.ObjectKey;
import io.raic.crypto.capability.StorageIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareAddressTest {
  private static final String TEXT = "5mwuz5yxisqrnhtrsljs7wkyb4";
  private static final StorageIndex INDEX = StorageIndex.parse(TEXT);
  private static final String PREFIX = "shares/5m/" + TEXT + "/";

  @Test
  void aShareIsNamedByItsStorageIndexAndNumber() {
    assertThat(ShareAddress.prefix(INDEX)).isEqualTo(PREFIX);
    assertThat(ShareAddress.key(INDEX, 255)).isEqualTo(ObjectKey.of(PREFIX + "255"));
    assertThat(ShareAddress.storageIndex(ObjectKey.of(PREFIX + "7"))).contains(INDEX);
  }

  @Test
  void aNameTellsShareAndChunk() {
    assertThat(ShareAddress.parse(PREFIX, PREFIX + "0")).contains(new ShareAddress.Part(0, 0));
    assertThat(ShareAddress.parse(PREFIX, PREFIX + "12.3")).contains(new ShareAddress.Part(12, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "01", "1.", "1.0", "1.01", "1.x", "-1", "1/2", "1000", "1.2.3", "1 "})
  void otherNamesAreNoShares(String name) {
    assertThat(ShareAddress.parse(PREFIX, PREFIX + name)).isEmpty();
  }

  @Test
  void namesElsewhereAreNoShares() {
    assertThat(ShareAddress.parse(PREFIX, "shares/zz/1")).isEmpty();
    assertThat(ShareAddress.storageIndex(ObjectKey.of("a/b/c"))).isEmpty();
    assertThat(ShareAddress.storageIndex(ObjectKey.of("shares/5m/ABC/1"))).isEmpty();
  }
}
