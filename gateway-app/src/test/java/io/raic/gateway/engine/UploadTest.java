package io.raic.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.share.ShareReader;
import io.raic.crypto.share.ShareSource;
import io.raic.gateway.file.Uploader;
import io.raic.gateway.grid.UnhappyException;
import io.raic.gateway.web.BadRequestException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest {
  private static final byte[] FILE = Clouds.data(7, 20 * Clouds.SEGMENT_BYTES + 5);

  @TempDir Path directory;
  private Clouds clouds;

  @BeforeEach
  void open() throws IOException {
    clouds = Clouds.five(directory);
  }

  @AfterEach
  void close() {
    clouds.close();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {56, 57, 1000, 2999, 3000, 3001, 5999, 6000, 6001, 16_384, 16_385, 30_000, 100_001})
  void aFileOfAnySizeComesBack(int size) throws IOException {
    byte[] file = Clouds.data(size, size);
    assertThat(clouds.get(clouds.put(file))).isEqualTo(file);
    assertThat(clouds.get(clouds.converge(file))).isEqualTo(file);
    assertThat(clouds.get(unannounced(file, true))).isEqualTo(file);
    assertThat(unannounced(file, false)).isEqualTo(clouds.converge(file));
  }

  private ReadCap unannounced(byte[] file, boolean randomKey) throws IOException {
    return Clouds.shared(
            clouds
                .uploader()
                .upload(new ByteArrayInputStream(file), OptionalLong.empty(), randomKey))
        .capability();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 55})
  void aSmallFileIsItsOwnCapability(int size) throws IOException {
    byte[] file = Clouds.data(size, size);
    var stored = clouds.upload(file, false);
    assertThat(clouds.get((LiteralCap) stored.capability())).isEqualTo(file);
    assertThat(clouds.objects()).isEmpty();
  }

  @Test
  void theSameFileGetsTheSameCapabilityUnlessItsKeyIsRandom() throws IOException {
    assertThat(clouds.converge(FILE)).isEqualTo(clouds.converge(FILE));
    assertThat(clouds.put(FILE)).isNotEqualTo(clouds.put(FILE));
  }

  @Test
  void storingAFileAgainChangesNothing() throws IOException {
    clouds.converge(FILE);
    var before = clouds.objects();
    clouds.converge(FILE);
    assertThat(clouds.objects()).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void noStoreHoldsEnoughToRebuildAFile() throws IOException {
    clouds.put(FILE);
    assertThat(clouds.stores()).allSatisfy(s -> assertThat(s.objects().keys()).hasSize(1));
  }

  @Test
  void oneStoreDownCostsNoShare() throws IOException {
    clouds.store(3).faults().setAll(Fault.unavailable());
    var stored = Clouds.shared(clouds.upload(FILE, true));
    assertThat(stored.shares()).isEqualTo(5);
    assertThat(clouds.get(stored.capability())).isEqualTo(FILE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"BEGIN", "WRITE", "COMMIT"})
  void oneStoreThatHangsDoesNotStopAnUpload(Operation operation) throws IOException {
    clouds.store(2).faults().set(operation, new Fault.Hang());
    var stored = Clouds.shared(clouds.upload(FILE, true));
    assertThat(stored.shares()).isGreaterThanOrEqualTo(4);
    clouds.store(2).faults().setAll(Fault.unavailable());
    clouds.store(4).faults().setAll(Fault.unavailable());
    assertThat(clouds.get(stored.capability())).isEqualTo(FILE);
  }

  /** When a store can fail, and whether it may be in the middle of a share. */
  @SuppressWarnings("ImmutableEnumChecker") // faults are values
  enum Failure {
    AT_ONCE(Operation.BEGIN, Fault.unavailable()),
    WITH_THE_FIRST_BYTES(Operation.WRITE, Fault.unavailable()),
    IN_THE_MIDDLE(Operation.WRITE, new Fault.After(9000, Fault.unavailable())),
    HANGING_IN_THE_MIDDLE(Operation.WRITE, new Fault.After(9000, new Fault.Hang())),
    AT_THE_END(Operation.COMMIT, Fault.unavailable()),
    WITHOUT_TELLING_THAT_IT_DID(Operation.COMMIT, new Fault.LostAck()),
    HANGING_AT_THE_END(Operation.COMMIT, new Fault.Hang());

    private final Operation operation;
    private final Fault fault;

    Failure(Operation operation, Fault fault) {
      this.operation = operation;
      this.fault = fault;
    }

    void befall(MemoryBackend store) {
      store.faults().set(operation, fault);
    }
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void oneFailureIsSurvived(Failure failure) throws IOException {
    failure.befall(clouds.store(1));
    var stored = Clouds.shared(clouds.upload(FILE, true));
    assertThat(stored.shares()).isGreaterThanOrEqualTo(4);
    clouds.stores().forEach(store -> store.faults().clear());
    assertThat(clouds.get(stored.capability())).isEqualTo(FILE);
    assertThat(clouds.grid().leftovers()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void twoFailuresAreRefusedAndLeaveNothing(Failure failure) throws Exception {
    failure.befall(clouds.store(1));
    failure.befall(clouds.store(4));
    assertThatThrownBy(() -> clouds.upload(FILE, true))
        .isInstanceOf(UnhappyException.class)
        .hasMessageContaining("store-1: ")
        .hasMessageContaining("store-4: ")
        .hasMessageContaining("at least 4");
    clouds.stores().forEach(store -> store.faults().clear());
    assertThat(clouds.grid().sweep()).isZero();
    assertThat(clouds.objects()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void aFailedUploadLeavesTheSameFileOfAnotherAlone(Failure failure) throws Exception {
    var cap = clouds.converge(FILE);
    failure.befall(clouds.store(1));
    failure.befall(clouds.store(4));
    assertThatThrownBy(() -> clouds.upload(FILE, false)).isInstanceOf(UnhappyException.class);
    clouds.stores().forEach(store -> store.faults().clear());
    assertThat(clouds.grid().sweep()).isZero();
    assertThat(clouds.get(cap)).isEqualTo(FILE);
    assertThat(clouds.objects()).hasSize(5);
  }

  @Test
  void whatCannotBeTakenBackIsRemovedLater() throws Exception {
    for (int i : new int[] {0, 3}) {
      clouds.store(i).faults().set(Operation.COMMIT, Fault.unavailable());
    }
    clouds.store(2).faults().set(Operation.DELETE, Fault.unavailable());
    assertThatThrownBy(() -> clouds.upload(FILE, true)).isInstanceOf(UnhappyException.class);
    assertThat(clouds.objects()).hasSize(1);

    // The list of what is to be removed outlives the process.
    assertThat(Files.readString(directory.resolve("leftovers"))).contains("store-2 shares/");
    assertThat(clouds.grid().sweep()).isEqualTo(1);
    clouds.stores().forEach(store -> store.faults().clear());
    assertThat(clouds.grid().sweep()).isZero();
    assertThat(clouds.objects()).isEmpty();
    assertThat(Files.readString(directory.resolve("leftovers"))).isEmpty();
  }

  @Test
  void fullStoresAreToldFromBrokenOnes() {
    clouds.store(0).faults().set(Operation.WRITE, Fault.outOfSpace());
    clouds.store(1).faults().set(Operation.WRITE, Fault.outOfSpace());
    assertThatThrownBy(() -> clouds.upload(FILE, true))
        .isInstanceOfSatisfying(UnhappyException.class, e -> assertThat(e.outOfSpace()).isTrue());
    clouds.store(1).faults().set(Operation.WRITE, Fault.unavailable());
    assertThatThrownBy(() -> clouds.upload(FILE, true))
        .isInstanceOfSatisfying(UnhappyException.class, e -> assertThat(e.outOfSpace()).isFalse());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPlaintextOfAnotherLengthIsRefusedAndLeavesNothing(boolean randomKey) {
    for (long announced : new long[] {FILE.length + 1, FILE.length - 1, 10, 1L << 40}) {
      assertThatThrownBy(() ->
              clouds
                  .uploader()
                  .upload(new ByteArrayInputStream(FILE), OptionalLong.of(announced), randomKey))
          .isInstanceOfAny(EOFException.class, BadRequestException.class);
    }
    assertThat(clouds.objects()).isEmpty();
  }

  @Test
  void aPlaintextThatBreaksOffLeavesNothing() {
    for (boolean randomKey : new boolean[] {true, false}) {
      for (int at : new int[] {10, 5000, 50_000}) {
        assertThatThrownBy(() ->
                clouds
                    .uploader()
                    .upload(
                        new BreakingInput(Arrays.copyOf(FILE, at)),
                        OptionalLong.of(FILE.length),
                        randomKey))
            .isInstanceOf(IOException.class)
            .hasMessage("gone");
      }
    }
    assertThat(clouds.objects()).isEmpty();
    assertThat(directory.resolve("tmp").toFile().list()).isEmpty();
  }

  @Test
  void anUploadThatNeedsMoreSegmentsThanATreeHasLeavesIsRefused() {
    long size = Clouds.SEGMENT_BYTES * (1L << 20) + 1;
    assertThatThrownBy(() ->
            clouds.uploader().upload(new ByteArrayInputStream(FILE), OptionalLong.of(size), true))
        .isInstanceOfSatisfying(
            BadRequestException.class, e -> assertThat(e.status()).isEqualTo(413));
  }

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  /** However stores fail: what is acknowledged is safe, and nobody holds too much. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsAcknowledgedSurvivesAnyStoreAndNoStoreHoldsTooMuch(int seed) throws Exception {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    byte[] file = Clouds.data(seed, 60 + random.nextInt(500 * (seed + 1)));
    for (int upload = 0; upload < 4; upload++) {
      clouds.stores().forEach(store -> maybeFail(store, random));
      try {
        var cap = clouds.converge(file);
        clouds.stores().forEach(store -> store.faults().clear());
        for (var lost : clouds.stores()) {
          lost.faults().setAll(Fault.unavailable());
          assertThat(clouds.get(cap)).isEqualTo(file);
          lost.faults().clear();
        }
        requireGoodShares(cap);
      } catch (UnhappyException _) {
        clouds.stores().forEach(store -> store.faults().clear());
      }
      assertThat(clouds.stores())
          .allSatisfy(s -> assertThat(s.objects().keys()).hasSizeLessThanOrEqualTo(2));
    }
  }

  private static void maybeFail(MemoryBackend store, RandomGenerator random) {
    store.faults().clear();
    if (random.nextInt(3) == 0) {
      var failures = Failure.values();
      var failure = failures[random.nextInt(failures.length - 4)];
      failure.befall(store);
    } else if (random.nextInt(5) == 0) {
      store.faults().setAll(Fault.unavailable());
    }
  }

  private void requireGoodShares(ReadCap cap) throws IOException {
    var distinct = new HashSet<Integer>();
    for (var entry : clouds.objects().entrySet()) {
      int number = Integer.parseInt(entry.getKey().replaceAll(".*/", ""));
      ShareReader.open(source(entry.getValue()), number, cap.verifyCap()).verifyAll();
      distinct.add(number);
    }
    assertThat(distinct).hasSizeGreaterThanOrEqualTo(4);
  }

  private static ShareSource source(byte[] share) {
    return (offset, target, targetOffset, length) -> {
      int got = Math.clamp(share.length - offset, 0, length);
      System.arraycopy(share, (int) offset, target, targetOffset, got);
      return got;
    };
  }

  @Test
  void theSameFileStoredManyTimesAtOnceIsStored() throws Exception {
    clouds.store(3).faults().next(Operation.COMMIT, 3, Fault.unavailable());
    clouds.store(4).faults().next(Operation.COMMIT, 3, Fault.unavailable());
    var caps =
        IntStream.range(0, 12)
            .parallel()
            .mapToObj(_ -> tryToConverge())
            .filter(Uploader.Stored.class::isInstance)
            .toList();
    assertThat(caps).isNotEmpty();
    assertThat(clouds.grid().sweep()).isZero();
    assertThat(clouds.get(Clouds.shared((Uploader.Stored) caps.getFirst()).capability()))
        .isEqualTo(FILE);
    var repair =
        clouds
            .repairer()
            .check(Clouds.shared((Uploader.Stored) caps.getFirst()).capability().verifyCap(), true);
    assertThat(repair.good().distinctShares()).isGreaterThanOrEqualTo(4);
  }

  private Object tryToConverge() {
    try {
      return clouds.upload(FILE, false);
    } catch (IOException e) {
      return e;
    }
  }
}
