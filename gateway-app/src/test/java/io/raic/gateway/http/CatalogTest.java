package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.crypto.capability.Capabilities;
import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.catalog.Catalog;
import io.raic.gateway.catalog.CatalogFile;
import io.raic.gateway.catalog.ShareMap;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;

/** The catalog of a gateway that runs; what it does not wait for comes soon. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CatalogTest extends GatewayTest {
  @Autowired private Catalog catalog;

  private CatalogFile awaitGood(StorageIndex index, int shares) {
    while (true) {
      var found =
          catalog.file(index).map(ShareMap::file).filter(file -> file.goodShares() == shares);
      if (found.isPresent()) {
        return found.get();
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void aFileIsNotedWhenItIsStoredAndWhenItIsCheckedAndRepaired() throws IOException {
    String cap = client().put("/uri?random-key=true", Client.bytes(7, 100_000)).text();
    var index = Capabilities.parse(cap).index().orElseThrow();
    var file = awaitGood(index, 5);
    assertThat(file.cap().size()).isEqualTo(100_000);
    assertThat(file.token()).isEqualTo("open");
    assertThat(file.storedAt()).isPresent();

    var shares = new ShareFiles(data());
    for (int store = 1; store <= 2; store++) {
      for (var share : shares.of(cap, store)) {
        Files.delete(share);
      }
    }
    assertThat(client().post("/uri/%s?t=check".formatted(cap)).status()).isEqualTo(200);
    awaitGood(index, 3);

    assertThat(client().post("/uri/%s?t=check&repair=true".formatted(cap)).status()).isEqualTo(200);
    awaitGood(index, 5);
  }
}
