package io.raic.cloud.swift;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.contract.CloudBackendContract;
import io.raic.cloud.contract.StoreUse;
import io.raic.cloud.testbed.SwiftServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SwiftApplicationCredentialTest implements CloudBackendContract {
  @Override
  public CloudBackend emptyBackend() {
    var store = SwiftSettings.open(SwiftSettings.applicationCredential(SwiftServer.keystone()));
    store.probe(StoreUse.soon());
    return store;
  }

  @Override
  public int races() {
    return 2;
  }

  @Test
  void aCredentialIsFoundByItsNameToo() {
    var server = SwiftServer.keystone();
    var settings =
        Map.of(
            "auth-url", server.keystoneUrl().toString().replace("/v3", ""),
            "auth-version", "3",
            "application-credential-name", "raic-key",
            "application-credential-secret", server.credentialSecret(),
            "username", server.keystoneUser(),
            "interface", "internal",
            "region-name", server.keystoneRegion(),
            "container", server.container(),
            "prefix", SwiftSettings.prefix());
    try (var store = SwiftSettings.open(settings)) {
      put(store, ObjectKey.of("a"), bytes(1, 10));
      assertThat(read(store, ObjectKey.of("a")).orElseThrow()).isEqualTo(bytes(1, 10));
    }
  }
}
