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
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.gcs.fake.GcsFake;
import io.raic.cloud.wire.FaultProxy;
import io.raic.cloud.wire.WireFault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent for an upload, and what becomes of it when answers are lost. */
class GcsUploadTest {
  private static final ObjectKey KEY = ObjectKey.of("shares/ab/abcd/0");
  private static final int LONG = 2 * GcsDriver.PART_BYTES + 1;

  private final GcsFake fake = GcsUse.fake();
  private final CloudBackend store = GcsUse.open(fake);

  @AfterEach
  void stop() {
    store.close();
    fake.close();
  }

  @Test
  void aShortObjectIsOneRequestAndALongOneAsManyAsPartsAndOne() {
    put(store, KEY, bytes(1, 1000));
    fake.clearLog();
    put(store, KEY, bytes(1, 1000));
    assertThat(fake.log()).hasSize(1);
    fake.clearLog();
    put(store, KEY, bytes(1, LONG));
    assertThat(fake.log()).hasSize(4);
  }

  @Test
  void nothingIsPacked() {
    put(store, KEY, bytes(1, 1000));
    put(store, KEY, bytes(1, LONG));
    read(store, KEY);
    keys(store, "");
    assertThat(fake.log()).noneMatch(request -> request.endsWith("gzip"));
  }

  @Test
  void readingIsOneRequest() {
    put(store, KEY, bytes(1, 1000));
    fake.clearLog();
    read(store, KEY);
    read(store, KEY, new ByteRange(10, 20));
    store.stat(KEY, soon());
    keys(store, "");
    store.probe(soon());
    assertThat(fake.log()).hasSize(5);
  }

  @Test
  void aWriteWhoseAnswerWasLostIsNotTakenForSomebodyElses() {
    fake.faults().failAfter("POST /upload", 1, 503);
    var created = put(store, KEY, bytes(1, 1000), Precondition.absent());
    assertThat(store.stat(KEY, soon())).contains(created);

    fake.faults().failAfter("POST /upload", 2, 503);
    var replaced = put(store, KEY, bytes(2, 1000), new Precondition.Matches(created.version()));
    assertThat(store.stat(KEY, soon())).contains(replaced);
  }

  @Test
  void aWriteOfSomebodyElseIsNotTakenForOurs() {
    try (var upload = store.begin(KEY, 5, Precondition.absent(), soon())) {
      upload.write(bytes(1, 5), 0, 5);
      put(store, KEY, bytes(2, 5));
      fake.faults().fail("POST /upload", 1, 503);
      assertThatThrownBy(upload::commit).isInstanceOf(BackendException.PreconditionFailed.class);
    }
    assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(2, 5));
  }

  @Test
  void aReplacementWhoseAnswerWasLostAndThatWasReplacedIsNoDefiniteNo() {
    var first = put(store, KEY, bytes(1, 5));
    try (var upload = store.begin(KEY, 5, new Precondition.Matches(first.version()), soon())) {
      upload.write(bytes(2, 5), 0, 5);
      put(store, KEY, bytes(3, 5));
      // It fails as one whose answer was lost does: nobody knows what became of it.
      fake.faults().fail("POST /upload", 1, 503);
      assertThatThrownBy(upload::commit).isInstanceOf(BackendException.Unavailable.class);
    }
    assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(3, 5));
  }

  @Test
  void aPartWhoseAnswerWasLostIsNotSentAgain() {
    fake.faults().failAfter("PUT /upload", 1, 503);
    put(store, KEY, bytes(1, LONG), Precondition.absent());
    // A part, the question, and the two other parts.
    assertThat(fake.log()).filteredOn(request -> request.startsWith("PUT")).hasSize(4);
    assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(1, LONG));
  }

  @Test
  void aLastPartWhoseAnswerWasLostHasMadeTheObject() {
    try (var upload = store.begin(KEY, LONG, Precondition.absent(), soon())) {
      upload.write(bytes(1, LONG), 0, LONG);
      fake.faults().failAfter("PUT /upload", 1, 503);
      assertThat(store.stat(KEY, soon())).isEmpty();
      assertThat(upload.commit()).isEqualTo(store.stat(KEY, soon()).orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1000, 300_000, 5_000_000, 8_000_000})
  void aPartThatBreaksOffGoesOnWhereTheServiceStands(long bytes) {
    var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), fake.port());
    try (var proxy = new FaultProxy(server);
        var through =
            GcsUse.open(
                fake,
                Map.of(
                    "endpoint",
                    "http://127.0.0.1:" + proxy.address().getPort(),
                    "credentials",
                    fake.serviceAccount()))) {
      byte[] content = bytes(bytes, LONG);
      try (var upload = through.begin(KEY, LONG, Precondition.none(), soon())) {
        upload.write(content, 0, GcsDriver.PART_BYTES + 1);
        proxy.set(new WireFault.ResetRequest(bytes));
        fake.onBrokenRequest(proxy::clear);
        upload.write(content, GcsDriver.PART_BYTES + 1, GcsDriver.PART_BYTES);
        upload.commit();
      }
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(content);
    }
  }

  @Test
  void anAbandonedUploadIsCancelled() {
    try (var upload = store.begin(KEY, LONG, Precondition.none(), soon())) {
      upload.write(bytes(1, LONG), 0, LONG);
      assertThat(fake.openSessions()).isEqualTo(1);
    }
    assertThat(fake.openSessions()).isZero();
    assertThat(keys(store, "")).isEmpty();
  }

  @Test
  void anUploadOfAClosedStoreIsCancelledToo() {
    var upload = store.begin(KEY, LONG, Precondition.none(), soon());
    upload.write(bytes(1, LONG), 0, LONG);
    store.close();
    upload.close();
    assertThat(fake.openSessions()).isZero();
  }

  @Test
  void aSessionThatIsLostFailsTheUploadAndKeepsItsSecret() {
    try (var upload = store.begin(KEY, LONG, Precondition.none(), soon())) {
      upload.write(bytes(1, LONG), 0, LONG);
      fake.expireSessions();
      assertThatThrownBy(upload::commit)
          .isInstanceOf(BackendException.Unavailable.class)
          .hasMessageContaining("lost the upload")
          .satisfies(e -> GcsCredentialsTest.assertTellsNothing(e, "upload_id"));
    }
    assertThat(keys(store, "")).isEmpty();
  }

  @Test
  void whatOthersPutInTheBucketIsNotListed() {
    try (var below =
        GcsUse.open(fake, Map.of("prefix", "mine", "credentials", fake.serviceAccount()))) {
      put(store, ObjectKey.of("other"), bytes(1, 1));
      put(store, ObjectKey.of("mine2"), bytes(1, 1));
      var info = put(below, KEY, bytes(1, 1));
      assertThat(keys(below, "")).containsExactly(KEY.text());
      assertThat(store.stat(ObjectKey.of("mine/" + KEY), soon()).orElseThrow().version())
          .isEqualTo(info.version());
      assertThat(below.location()).isEqualTo(fake.endpoint() + "/raic-test/mine/");
    }
  }
}
