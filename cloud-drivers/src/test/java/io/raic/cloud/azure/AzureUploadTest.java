package io.raic.cloud.azure;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException.PreconditionFailed;
import io.raic.cloud.BackendException.Unavailable;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.azure.FakeAzure.Answer;
import io.raic.cloud.azure.FakeAzure.Asked;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.testbed.AzuriteServer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureUploadTest {
  private static final ObjectKey KEY = ObjectKey.of("a");

  private static CloudBackend azurite(String... more) {
    var settings =
        new HashMap<>(
            Azurite.settings(AzuriteServer.shared().endpoint().toString(), Azurite.newPrefix()));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return Backends.open(Driver.AZURE, "test", settings);
  }

  /** The answers to a write that is made a second time, when its name is taken already. */
  private static Function<Asked, Answer> again(
      Answer first, String code, Function<String, String> idThere) {
    var puts = new AtomicInteger();
    var written = new AtomicReference<>("");
    return asked -> {
      if (asked.method().equals("PUT")) {
        written.set(asked.writeId());
        return puts.incrementAndGet() == 1
            ? first
            : Answer.error(code.equals("BlobAlreadyExists") ? 409 : 412, code);
      }
      return new Answer(
          200,
          Map.of(
              "etag", "\"0x7\"",
              "content-length", "3",
              "x-ms-meta-raicwrite", idThere.apply(written.get())),
          "");
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"BlobAlreadyExists", "ConditionNotMet"})
  void aWriteWhoseAnswerWasLostFindsThatItWasDone(String code) {
    try (var azure = new FakeAzure(again(Answer.error(500, "InternalError"), code, id -> id));
        var store = azure.openWithKey()) {
      var info = put(store, KEY, new byte[3], Precondition.absent());
      assertThat(info.version().text()).isEqualTo("0x7");
      assertThat(info.size()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"BlobAlreadyExists", "ConditionNotMet"})
  void aWriteThatWasOnlyPutOffDoesNotTakeAnothersForItsOwn(String code) {
    try (var azure = new FakeAzure(again(Answer.error(503, "ServerBusy"), code, _ -> "another"));
        var store = azure.openWithKey()) {
      assertThatThrownBy(() -> put(store, KEY, new byte[3], Precondition.absent()))
          .isInstanceOf(PreconditionFailed.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "500, InternalError, BlobAlreadyExists",
    "500, InternalError, ConditionNotMet",
    "500, OperationTimedOut, ConditionNotMet",
    "500, InternalError, InvalidBlockList"
  })
  void aWriteWhoseAnswerWasLostIsNotCalledUndoneBecauseAnotherIsThere(
      int status, String first, String second) {
    try (var azure = new FakeAzure(again(Answer.error(status, first), second, _ -> "another"));
        var store = azure.openWithKey()) {
      // This one may have been made, and the other in its place.
      assertThatThrownBy(() -> put(store, KEY, new byte[3], Precondition.absent()))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("others have written since");
    }
  }

  @Test
  void aWriteInBlocksThatAnotherOvertookSaysSo() {
    int length = AzureBackend.PART_BYTES + 1;
    try (var store = azurite();
        var anyway = store.begin(KEY, length, Precondition.none(), soon());
        var creating = store.begin(KEY, length, Precondition.absent(), soon())) {
      anyway.write(new byte[length], 0, length);
      creating.write(new byte[length], 0, length);
      // The service forgets all blocks of a name that are not in the list.
      put(store, KEY, bytes(1, length));
      assertThatThrownBy(creating::commit).isInstanceOf(PreconditionFailed.class);
      assertThatThrownBy(anyway::commit).isInstanceOf(Unavailable.class);
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(1, length));
    }
  }

  @Test
  void writersOfOneNameDoNotMixTheirBlocks() {
    int length = AzureBackend.PART_BYTES + 1;
    try (var store = azurite();
        var first = store.begin(KEY, length, Precondition.none(), soon());
        var second = store.begin(KEY, length, Precondition.none(), soon())) {
      first.write(bytes(1, length), 0, length);
      second.write(bytes(2, length), 0, length);
      first.commit();
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(1, length));
      assertThat(keys(store, "")).containsExactly("a");
    }
  }

  /** Its check value, by the catalogues of such checksums: AE8B14860A799888. */
  @Test
  void theChecksumIsTheCrc64OfNvme() {
    var digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(Crc64.of(digits, 9)).isEqualTo("iJh5CoYUi64=");
    assertThat(Crc64.of(digits, 0)).isEqualTo("AAAAAAAAAAA=");
  }

  @Test
  void anObjectIsWrittenWithoutChecksumsWhereNoneAreWanted() {
    int length = AzureBackend.PART_BYTES + 1;
    try (var store = azurite("checksum", "none")) {
      put(store, KEY, bytes(1, length));
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(1, length));
    }
  }

  @Test
  void anObjectIsWrittenInTheTierThatWasAskedFor() {
    try (var store = azurite("access-tier", "Cool")) {
      put(store, KEY, bytes(1, 10));
      put(store, KEY, bytes(1, AzureBackend.PART_BYTES + 1));
      assertThat(read(store, KEY)).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4194304",
    "209715200000, 4194304",
    "209715200001, 4194305",
    "838860800000, 16777216"
  })
  void noObjectNeedsMoreThanFiftyThousandBlocks(long length, int partBytes) {
    assertThat(AzureBackend.PARTS.bytesFor(length)).isEqualTo(partBytes);
    assertThat(Math.ceilDiv(length, partBytes)).isLessThanOrEqualTo(50_000);
  }

  @Test
  void anObjectThatNoBlobHoldsIsRefused() {
    try (var azure = new FakeAzure(_ -> Answer.error(500, "InternalError"));
        var store = azure.openWithKey()) {
      long most = store.traits().maxObjectBytes();
      store.begin(KEY, most, Precondition.none(), soon()).close();
      assertThatThrownBy(() -> store.begin(KEY, most + 1, Precondition.none(), soon()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(azure.asked()).isEmpty();
    }
  }
}
