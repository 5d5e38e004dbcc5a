package io.raic.cloud.box;

import io.raic.cloud.box.fake.FakeAccount;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Settings for a store of the fake. */
final class BoxSettings {
  private BoxSettings() {}

  /** Returns those of a folder, with client credentials, and limits that no test reaches. */
  static Map<String, String> of(URI box, String folder) {
    var settings =
        new HashMap<>(
            Map.of(
                "folder-id",
                folder,
                "client-id",
                FakeAccount.CLIENT_ID,
                "client-secret",
                FakeAccount.CLIENT_SECRET,
                "enterprise-id",
                FakeAccount.ENTERPRISE,
                "calls-per-minute",
                "10000000",
                "uploads-per-minute",
                "10000000"));
    settings.putAll(at(box.toString()));
    return settings;
  }

  /** Returns where the server is. */
  static Map<String, String> at(String address) {
    return Map.of("api-address", address, "upload-address", address + "/api");
  }
}
