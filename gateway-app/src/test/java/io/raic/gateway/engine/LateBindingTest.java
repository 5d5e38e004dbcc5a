package io.raic.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.file.Encoding;
import io.raic.crypto.file.Shares;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader asks of stores that are well, and how little that is. */
class LateBindingTest {
  private static final byte[] FILE = Clouds.data(21, 20 * Clouds.SEGMENT_BYTES + 777);
  private static final byte[] MEBIBYTE = Clouds.data(22, 1 << 20);
  private static final byte[] LARGE = Clouds.data(23, 1000 * Clouds.SEGMENT_BYTES);

  private Clouds writer;
  private Clouds clouds;

  @BeforeEach
  void open(@TempDir Path directory, @TempDir Path other) throws IOException {
    writer = Clouds.five(directory);
    // However busy the machine is: nothing is late.
    clouds = writer.patient(other);
  }

  @AfterEach
  void close() {
    clouds.close();
    writer.close();
  }

  private ReadCap put(byte[] data) throws IOException {
    var cap = writer.put(data);
    clouds.resetCalls();
    return cap;
  }

  private void assertReads(byte[] data, ReadCap cap, long requests) throws IOException {
    clouds.resetCalls();
    assertThat(clouds.get(cap)).isEqualTo(data);
    assertThat(clouds.calls(Operation.GET)).isEqualTo(requests);
    assertThat(clouds.calls(Operation.LIST)).isZero();
  }

  @Test
  void aSmallFileTakesOneRequestForEachShareNeededAndNoList() throws IOException {
    assertReads(FILE, put(FILE), 3);
  }

  @Test
  void aFileOfAMebibyteTakesOneRequestForEachShareNeeded() throws IOException {
    assertReads(MEBIBYTE, put(MEBIBYTE), 3);
  }

  @Test
  void aLargeFileTakesTwoRequestsForEachShareNeededAndOneWhenItIsKnown() throws IOException {
    var cap = put(LARGE);
    assertReads(LARGE, cap, 6);
    assertReads(LARGE, cap, 3);
  }

  @Test
  void theDataSharesAreRead() throws IOException {
    for (int i = 0; i < 5; i++) {
      var cap = put(Clouds.data(30 + i, 10_000));
      clouds.get(cap);
      for (int share = 0; share < 5; share++) {
        assertThat(clouds.storeOf(cap, share).calls().count(Operation.GET))
            .as("share %d", share)
            .isEqualTo(share < 3 ? 1 : 0);
      }
    }
  }

  @Test
  void aRangeOfAKnownFileTakesOneRequestForEachShareAndFewBytes() throws IOException {
    var cap = put(LARGE);
    int length = 100 * Clouds.SEGMENT_BYTES;
    clouds.get(cap, 7, length);
    assertThat(clouds.calls(Operation.GET)).isEqualTo(6);
    for (int offset : new int[] {0, 1234, 400_000, LARGE.length - length}) {
      clouds.resetCalls();
      assertThat(clouds.get(cap, offset, length))
          .isEqualTo(Arrays.copyOfRange(LARGE, offset, offset + length));
      assertThat(clouds.calls(Operation.GET)).isEqualTo(3);
      assertThat(clouds.bytesRead()).isBetween((long) length, length * 3L / 2);
    }
  }

  @Test
  void aRangeOfASmallFileDoesNotReadAllOfIt() throws IOException {
    var cap = put(MEBIBYTE);
    assertThat(clouds.get(cap, 500_000, 3000))
        .isEqualTo(Arrays.copyOfRange(MEBIBYTE, 500_000, 503_000));
    assertThat(clouds.calls(Operation.GET)).isEqualTo(6);
    assertThat(clouds.bytesRead()).isLessThan(300_000);
  }

  @Test
  void sharesThatAreNotAtHomeAreFoundByAskingAndRemembered() throws IOException {
    var cap = put(LARGE);
    moveAround();
    assertThat(clouds.get(cap)).isEqualTo(LARGE);
    assertThat(clouds.calls(Operation.LIST)).isEqualTo(5);
    assertReads(LARGE, cap, 3);
  }

  /** Every store gets what the one before it had. */
  private void moveAround() {
    var stores = clouds.stores();
    var contents = new ArrayList<List<ObjectKey>>();
    var before = clouds.objects();
    stores.forEach(store -> contents.add(store.objects().keys()));
    stores.forEach(store -> store.objects().clear());
    for (int i = 0; i < stores.size(); i++) {
      for (var key : contents.get(i)) {
        byte[] bytes = before.getOrDefault(stores.get(i).id() + ":" + key, new byte[0]);
        stores.get((i + 1) % stores.size()).objects().put(key, bytes);
      }
    }
  }

  @Test
  void oneShareThatIsNotAtHomeIsReplacedAndAsked() throws IOException {
    var cap = put(FILE);
    clouds.storeOf(cap, 1).objects().clear();
    assertThat(clouds.get(cap)).isEqualTo(FILE);
    assertThat(clouds.calls(Operation.GET)).isEqualTo(4);
  }

  @Test
  void twoSharesInOneStoreAreBothFound() throws IOException {
    var cap = put(FILE);
    var crowded = clouds.storeOf(cap, 0);
    for (int share = 1; share < 5; share++) {
      var from = clouds.storeOf(cap, share);
      var key = from.objects().keys().getFirst();
      crowded.objects().put(key, from.objects().bytes(key).orElseThrow());
      from.objects().clear();
    }
    assertThat(clouds.get(cap)).isEqualTo(FILE);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 7777, 128 << 10, 1 << 20})
  void filesWithOtherSegmentsAreRead(int segmentBytes) throws IOException {
    for (byte[] file : List.of(FILE, MEBIBYTE, Clouds.data(24, 3_000_000))) {
      var key = FileKey.of(new byte[FileKey.LENGTH]);
      var shares = Shares.encode(file, key, new Encoding(3, 5, segmentBytes));
      String si = shares.cap().storageIndex().text();
      for (int i = 0; i < 5; i++) {
        var name = ObjectKey.of("shares/%s/%s/%d".formatted(si.substring(0, 2), si, i));
        // Wherever the first one lives: each gateway has the same homes.
        clouds.store(i).objects().put(name, shares.raw().get(i));
      }
      for (int round = 0; round < 2; round++) {
        assertThat(clouds.get(shares.cap())).isEqualTo(file);
        int from = file.length / 2;
        assertThat(clouds.get(shares.cap(), from, 5000))
            .isEqualTo(Arrays.copyOfRange(file, from, from + 5000));
      }
      clouds.stores().forEach(store -> store.objects().clear());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {60_777, 700_000, 3_000_000})
  void aWrongByteInAnyPlaceOfAnyShareHarmsNoRead(int length) throws IOException {
    byte[] file = Clouds.data(25, length);
    var cap = put(file);
    var places = new ArrayList<>(List.of(0, 3, 5, 11, 19, 36, 40, 1100));
    int share = clouds.storeOf(cap, 0).objects().bytes(shareKey(cap, 0)).orElseThrow().length;
    for (int before : new int[] {1, 100, 400, 500, 700, 900, 1200, 3000, 5000, 19_000}) {
      places.add(share - before);
    }
    places.add(share / 2);
    for (int number = 0; number < 5; number++) {
      var objects = clouds.storeOf(cap, number).objects();
      byte[] good = objects.bytes(shareKey(cap, number)).orElseThrow();
      for (int place : places) {
        byte[] wrong = good.clone();
        wrong[place] ^= 0x40;
        objects.put(shareKey(cap, number), wrong);
        assertThat(clouds.get(cap, 0, 7000)).isEqualTo(Arrays.copyOf(file, 7000));
        assertThat(Arrays.equals(clouds.get(cap), file)).isTrue();
      }
      objects.put(shareKey(cap, number), good);
    }
  }

  private static ObjectKey shareKey(ReadCap cap, int share) {
    String si = cap.storageIndex().text();
    return ObjectKey.of("shares/%s/%s/%d".formatted(si.substring(0, 2), si, share));
  }

  @Test
  void aLargeShareCutInChunksIsRead() throws IOException {
    var cap = put(LARGE);
    for (var store : clouds.stores()) {
      for (ObjectKey key : Collections.unmodifiableList(store.objects().keys())) {
        byte[] share = store.objects().bytes(key).orElseThrow();
        for (int i = 0; i * 300_000 < share.length; i++) {
          byte[] chunk =
              Arrays.copyOfRange(share, i * 300_000, Math.min(share.length, (i + 1) * 300_000));
          store.objects().put(i == 0 ? key : ObjectKey.of(key + "." + i), chunk);
        }
      }
    }
    assertThat(Arrays.equals(clouds.get(cap), LARGE)).isTrue();
    assertThat(clouds.get(cap, 1_000_000, 9000))
        .isEqualTo(Arrays.copyOfRange(LARGE, 1_000_000, 1_009_000));
  }
}
