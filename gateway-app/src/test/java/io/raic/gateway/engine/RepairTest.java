package io.raic.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.memory.Fault;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.file.Encoding;
import io.raic.crypto.share.ShareLayout;
import io.raic.gateway.grid.UnrecoverableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepairTest {
  private static final byte[] FILE = Clouds.data(3, 12 * Clouds.SEGMENT_BYTES + 100);

  private Clouds clouds;
  private ReadCap readCap;
  private VerifyCap cap;
  private Map<String, byte[]> stored;

  @BeforeEach
  void storeAFile(@TempDir Path directory) throws IOException {
    clouds = Clouds.five(directory);
    readCap = clouds.put(FILE);
    cap = readCap.verifyCap();
    stored = clouds.objects();
  }

  @AfterEach
  void close() {
    clouds.close();
  }

  /** What can happen to what a store holds. */
  @SuppressWarnings("ImmutableEnumChecker") // what they do holds nothing
  enum Loss {
    EMPTIED(store -> store.objects().clear()),
    FLIPPED(Clouds::flipAll),
    CUT_OFF(store -> Clouds.rewrite(store, bytes -> Arrays.copyOf(bytes, bytes.length - 40))),
    ONE_BIT_IN_A_BLOCK(store ->
        Clouds.rewrite(
            store,
            bytes -> {
              bytes[7000] ^= 64;
              return bytes;
            })),
    ONE_BIT_IN_A_TREE(store ->
        Clouds.rewrite(
            store,
            bytes -> {
              bytes[bytes.length - 900] ^= 1;
              return bytes;
            }));

    private final Consumer<MemoryBackend> cause;

    Loss(Consumer<MemoryBackend> cause) {
      this.cause = cause;
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void whatAnyTwoStoresLostComesBackByteForByte(Loss loss) throws IOException {
    for (int first = 0; first < 5; first++) {
      for (int second = first + 1; second < 5; second++) {
        loss.cause.accept(clouds.store(first));
        loss.cause.accept(clouds.store(second));
        var repair = clouds.repairer().repair(cap, true);
        assertThat(repair.before().healthy()).isFalse();
        assertThat(repair.before().good().distinctShares()).isEqualTo(3);
        assertThat(repair.successful()).isTrue();
        assertThat(clouds.objects()).usingRecursiveComparison().isEqualTo(stored);
        assertThat(clouds.repairer().check(cap, true).healthy()).isTrue();
      }
    }
  }

  @Test
  void aWholeFileNeedsNoRepair() throws IOException {
    var repair = clouds.repairer().repair(cap, true);
    assertThat(repair.attempted()).isFalse();
    assertThat(repair.after().healthy()).isTrue();
    assertThat(clouds.objects()).usingRecursiveComparison().isEqualTo(stored);
  }

  @Test
  void threeLostSharesCannotBeRepairedAndNothingIsChanged() throws IOException {
    for (int i = 0; i < 3; i++) {
      clouds.store(i).objects().clear();
    }
    var before = clouds.objects();
    var repair = clouds.repairer().repair(cap, true);
    assertThat(repair.attempted()).isTrue();
    assertThat(repair.successful()).isFalse();
    assertThat(repair.after().recoverable()).isFalse();
    assertThat(clouds.objects()).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void theShareOfADeadStoreGoesToAnother() throws IOException {
    clouds.store(2).faults().setAll(Fault.unavailable());
    var repair = clouds.repairer().repair(cap, true);
    assertThat(repair.successful()).isTrue();
    assertThat(repair.before().inspection().failures()).anyMatch(f -> f.startsWith("store-2: "));
    assertThat(clouds.stores())
        .allSatisfy(s -> assertThat(s.objects().keys()).hasSizeLessThanOrEqualTo(2));
  }

  @Test
  void twoDeadStoresStillLeaveRoomForAllShares() throws IOException {
    clouds.store(0).faults().setAll(Fault.unavailable());
    clouds.store(1).faults().setAll(new Fault.Fail(id -> unavailable(id)));
    var repair = clouds.repairer().repair(cap, true);
    assertThat(repair.successful()).isTrue();
    // Any of the three that are left can be lost now.
    clouds.store(4).faults().setAll(Fault.unavailable());
    assertThat(clouds.repairer().check(cap, false).recoverable()).isTrue();
  }

  private static BackendException unavailable(Request request) {
    return new BackendException.Unavailable(request, "made to fail");
  }

  @Test
  void aRepairThatCannotStoreSaysSo() throws IOException {
    clouds.store(3).objects().clear();
    clouds.stores().forEach(s -> s.faults().set(Operation.COMMIT, Fault.outOfSpace()));
    var repair = clouds.repairer().repair(cap, true);
    assertThat(repair.successful()).isFalse();
    assertThat(repair.failures()).anyMatch(f -> f.contains("made to be full"));
    assertThat(repair.after().good().distinctShares()).isEqualTo(4);
  }

  @Test
  void aCheckSeesWithoutReadingBlocksWhatProvesAShare() throws IOException {
    Clouds.flipAll(clouds.store(1));
    clouds.store(2).objects().clear();
    clouds.stores().forEach(s -> s.calls().reset());
    var health = clouds.repairer().check(cap, false);
    assertThat(health.good().distinctShares()).isEqualTo(3);
    assertThat(health.inspection().corrupt())
        .singleElement()
        .matches(s -> s.store().equals("store-1"));
    assertThat(health.recoverable()).isTrue();
  }

  @Test
  void onlyAVerificationSeesABadBlock() throws IOException {
    Loss.ONE_BIT_IN_A_BLOCK.cause.accept(clouds.store(0));
    assertThat(clouds.repairer().check(cap, true).healthy()).isFalse();
  }

  @Test
  void aFileOfAnotherEncodingIsRepaired(@TempDir Path directory) throws IOException {
    try (var wide = Clouds.of(directory, 2, 10, 3, 10)) {
      var wideCap = wide.put(FILE).verifyCap();
      var before = wide.objects();
      for (int i = 0; i < 8; i++) {
        wide.store(i).objects().clear();
      }
      assertThat(wide.repairer().repair(wideCap, true).successful()).isTrue();
      assertThat(wide.objects()).usingRecursiveComparison().isEqualTo(before);
    }
  }

  @Test
  void oneShareInTheOtherLayoutDoesNotMakeTheOthersSo() throws IOException {
    var geometry = new Encoding(3, 5, Clouds.SEGMENT_BYTES).geometry(FILE.length);
    var small = ShareLayout.of(geometry, 1);
    Clouds.rewrite(
        clouds.store(0),
        share -> {
          // No hash covers where the parts of a share stand.
          var other = new ByteArrayOutputStream();
          other.writeBytes(ShareLayout.of(geometry, 2).header());
          int data = (int) small.data();
          int extension = (int) small.extension();
          other.write(share, data, extension - data);
          other.writeBytes(new byte[4]);
          other.write(share, extension, share.length - extension);
          return other.toByteArray();
        });
    clouds.store(3).objects().clear();
    for (int i = 1; i < 5; i++) {
      clouds.store(i).faults().set(Operation.GET, new Fault.Delay(Duration.ofMillis(200)));
    }
    assertThat(clouds.repairer().repair(cap, true).successful()).isTrue();
    var now = clouds.objects();
    assertThat(stored).anySatisfy((name, share) -> assertThat(name).startsWith("store-3:"));
    stored.forEach((name, share) -> {
      if (name.startsWith("store-3:")) {
        assertThat(now.get(name)).isEqualTo(share);
      }
    });
  }

  @Test
  void aShareInChunksIsWholeAfterItsRepair() throws IOException {
    var store = clouds.store(1);
    var key = store.objects().keys().getFirst();
    byte[] share = store.objects().bytes(key).orElseThrow();
    byte[] first = Arrays.copyOf(share, 8000);
    first[5000] ^= 1;
    store.objects().put(key, first);
    store.objects().put(ObjectKey.of(key + ".1"), Arrays.copyOfRange(share, 8000, share.length));
    assertThat(clouds.repairer().repair(cap, true).successful()).isTrue();
    assertThat(clouds.objects()).usingRecursiveComparison().isEqualTo(stored);
  }

  @Test
  void aFileWithABadBlockInEveryShareIsReadAndRepaired() throws IOException {
    var geometry = new Encoding(3, 5, Clouds.SEGMENT_BYTES).geometry(FILE.length);
    long data = ShareLayout.of(geometry).data();
    for (int i = 0; i < 5; i++) {
      // Two shares are bad in each of some segments, and three are good.
      for (int segment : new int[] {2 * i, 2 * i + 1, (2 * i + 2) % 10}) {
        int at = (int) (data + geometry.blockStart(segment)) + 7;
        Clouds.rewrite(
            clouds.store(i),
            share -> {
              share[at] ^= 16;
              return share;
            });
      }
    }
    assertThat(clouds.get(readCap)).isEqualTo(FILE);
    var repair = clouds.repairer().repair(cap, true);
    assertThat(repair.before().good().distinctShares()).isZero();
    assertThat(repair.before().recoverable()).isTrue();
    assertThat(repair.successful()).isTrue();
    assertThat(clouds.objects()).usingRecursiveComparison().isEqualTo(stored);
  }

  @Test
  void aSegmentWithTooFewGoodBlocksIsLostAndSaidSo() throws IOException {
    var geometry = new Encoding(3, 5, Clouds.SEGMENT_BYTES).geometry(FILE.length);
    int at = (int) (ShareLayout.of(geometry).data() + geometry.blockStart(4));
    for (int i = 0; i < 3; i++) {
      Clouds.rewrite(
          clouds.store(i),
          share -> {
            share[at] ^= 1;
            return share;
          });
    }
    assertThatThrownBy(() -> clouds.get(readCap)).isInstanceOf(UnrecoverableException.class);
    var repair = clouds.repairer().repair(cap, true);
    assertThat(repair.before().recoverable()).isFalse();
    assertThat(repair.successful()).isFalse();
  }
}
