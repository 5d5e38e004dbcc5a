package io.raic.cloud.azure;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.raic.cloud.BackendException.AccessDenied;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.settings.SettingException;
import io.raic.cloud.testbed.AzuriteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, connection strings and SAS tokens, on a server that checks them. */
class AzureCredentialsTest {
  private static final ObjectKey KEY = ObjectKey.of("a");
  private static final String WRONG_KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir Path disk;

  private static CloudBackend open(Map<String, String> credential) {
    var settings = new HashMap<String, String>();
    settings.put("endpoint", AzuriteServer.shared().endpoint().toString());
    settings.put("container", AzuriteServer.shared().container());
    settings.put("prefix", Azurite.newPrefix());
    settings.putAll(credential);
    return Backends.open(Driver.AZURE, "test", settings);
  }

  private static String sas(String permissions, Instant end) {
    var server = AzuriteServer.shared();
    return new BlobContainerClientBuilder()
        .endpoint(server.endpoint().toString())
        .containerName(server.container())
        .credential(new StorageSharedKeyCredential(server.account(), server.accountKey()))
        .buildClient()
        .generateSas(
            new BlobServiceSasSignatureValues(
                end.atOffset(ZoneOffset.UTC), BlobContainerSasPermission.parse(permissions)));
  }

  private static Instant inAnHour() {
    return Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
  }

  private static void assertWorks(CloudBackend store) {
    try (store) {
      store.probe(soon());
      put(store, KEY, bytes(1, AzureBackend.PART_BYTES + 5));
      assertThat(read(store, KEY).orElseThrow()).hasSize(AzureBackend.PART_BYTES + 5);
      assertThat(keys(store, "")).containsExactly("a");
      assertThat(store.delete(KEY, soon())).isTrue();
    }
  }

  private static String connectionString(String credential) {
    return "DefaultEndpointsProtocol=http;BlobEndpoint=%s;AccountName=%s;%s;"
        .formatted(AzuriteServer.shared().endpoint(), AzuriteServer.shared().account(), credential);
  }

  @Test
  void aConnectionStringWorksWithAKeyAndWithASasToken() {
    assertWorks(
        open(
            Map.of(
                "connection-string",
                connectionString("AccountKey=" + AzuriteServer.shared().accountKey()))));
    assertWorks(
        open(
            Map.of(
                "connection-string",
                connectionString("SharedAccessSignature=" + sas("racwdl", inAnHour())))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?"})
  void aSasTokenWorksAndSaysWhenItEnds(String before) {
    var end = inAnHour();
    var store = open(Map.of("sas-token", before + sas("racwdl", end)));
    assertThat(store.credentialsEnd()).contains(end);
    assertWorks(store);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%3", "%3g", "%%3D", "%3D%"})
  void aSasTokenThatIsCutOffIsDeniedAndNotTold(String end) {
    try (var azure = new FakeAzure(_ -> FakeAzure.Answer.error(403, "AuthenticationFailed"));
        var store = azure.open(Map.of("sas-token", "sv=2021-12-02&sig=secret" + end))) {
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(AccessDenied.class)
          .hasMessageContaining("the SAS token is not a query")
          .hasMessageNotContaining("secret")
          .hasNoCause();
      assertThat(azure.asked()).isEmpty();
    }
  }

  @Test
  void aLongSasTokenIsLookedAtOnASmallStack() {
    var sas = "sig=" + "%3D".repeat(4000);
    try (var azure = new FakeAzure(_ -> FakeAzure.Answer.error(403, "AuthenticationFailed"));
        var store = azure.open(Map.of("sas-token", sas))) {
      assertThatThrownBy(() -> store.probe(soon())).isInstanceOf(AccessDenied.class);
      assertThat(azure.asked()).hasSize(1);
    }
  }

  @Test
  void aSasTokenThatHasEndedSaysSo() {
    var end = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
    var sas = sas("racwdl", end);
    try (var store = open(Map.of("sas-token", sas))) {
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(AccessDenied.class)
          .hasMessageContaining("the SAS token has ended at " + end)
          .hasNoCause();
    }
  }

  @ParameterizedTest
  @CsvSource({"rl, probe", "cw, probe", "rl, put", "cw, read", "racwl, delete"})
  void whatASasTokenDoesNotAllowIsDenied(String permissions, String use) {
    var sas = sas(permissions, inAnHour());
    var signature = sas.replaceFirst(".*sig=", "").replaceFirst("%3D$", "");
    try (var store = open(Map.of("sas-token", sas))) {
      assertThatThrownBy(
              () -> {
                switch (use) {
                  case "probe" -> store.probe(soon());
                  case "put" -> put(store, KEY, new byte[1]);
                  case "read" -> read(store, KEY);
                  default -> store.delete(KEY, soon());
                }
              })
          .isInstanceOf(AccessDenied.class)
          .hasMessageContaining("SAS token does not allow this")
          .hasNoCause()
          .satisfies(e -> assertThat(e.toString()).doesNotContain(signature));
    }
  }

  @Test
  void aWrongKeyIsDeniedAndNotTold() {
    var settings = Map.of("account", AzuriteServer.shared().account(), "account-key", WRONG_KEY);
    try (var store = open(settings)) {
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(AccessDenied.class)
          .hasMessageContaining("403")
          .satisfies(e -> assertThat(e.toString()).doesNotContain(WRONG_KEY));
      assertThat(store.toString() + store.location()).doesNotContain(WRONG_KEY);
    }
  }

  @Test
  void aMissingContainerIsNamed() {
    var server = AzuriteServer.shared();
    var settings =
        Map.of(
            "account", server.account(),
            "account-key", server.accountKey(),
            "container", "no-such-container");
    try (var store = open(settings)) {
      for (Runnable call :
          new Runnable[] {
            () -> store.probe(soon()),
            () -> store.stat(KEY, soon()),
            () -> read(store, KEY),
            () -> put(store, KEY, new byte[1]),
            () -> store.delete(KEY, soon())
          }) {
        assertThatThrownBy(call::run)
            .isInstanceOf(AccessDenied.class)
            .hasMessageContaining("there is no such container");
      }
    }
  }

  @Test
  void aKeyInAFileIsReadAnew() throws IOException {
    var server = AzuriteServer.shared();
    var file = disk.resolve("key");
    var settings = Map.of("account", server.account(), "account-key-file", file.toString());
    try (var store = open(settings)) {
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(AccessDenied.class)
          .hasMessageContaining(file.toString());
      Files.writeString(file, WRONG_KEY);
      assertThatThrownBy(() -> store.probe(soon())).isInstanceOf(AccessDenied.class);
      Files.writeString(file, server.accountKey() + "\n");
      store.probe(soon());
      Files.writeString(file, "not Base64!");
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(AccessDenied.class)
          .hasMessageContaining("not Base64")
          .hasMessageNotContaining("Base64!");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "account=acc",
        "account=acc | account-key=a2V5 | sas-token=sig=1",
        "account-key=a2V5 | endpoint=https://h",
        "account=acc | account-key=a2V5 | container=Shares",
        "account=acc | account-key=a2V5 | container=a--b",
        "account=a/c | account-key=a2V5",
        "account=acc | account-key=a2V5 | prefix=/x",
        "account=acc | account-key=a2V5 | access-tier=Archive",
        "account=acc | client-secret=s3cret | tenant-id=t",
        "account=acc | entra=magic",
        "endpoint=http://10.0.0.1/acc | sas-token=sig=1",
        "endpoint=http://10.0.0.1/acc | entra=default",
        "connection-string=AccountName=acc",
        "connection-string=blah"
      })
  void settingsThatMakeNoSenseAreRefused(String given) {
    var settings = new HashMap<>(Map.of("container", "shares"));
    for (var pair : given.split(" \\| ", -1)) {
      settings.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
    }
    assertThatThrownBy(() -> Backends.open(Driver.AZURE, "az", settings))
        .isInstanceOf(SettingException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aStoreIsNamedByItsAddress() {
    var settings =
        Map.of("account", "acc", "account-key", "a2V5", "container", "shares", "prefix", "x/y/");
    try (var store = Backends.open(Driver.AZURE, "az", settings)) {
      assertThat(store.location()).isEqualTo("https://acc.blob.core.windows.net/shares/x/y");
      assertThat(store.credentialsEnd()).isEqualTo(Optional.empty());
    }
  }
}
