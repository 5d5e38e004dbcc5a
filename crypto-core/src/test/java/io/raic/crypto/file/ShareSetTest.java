package io.raic.crypto.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.ShareSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A bad share costs nothing but itself. */
class ShareSetTest {
  private static final int SIZE = 100;
  private static final byte[] PLAINTEXT = new byte[SIZE];
  private static final Shares SHARES;

  static {
    new Random(1).nextBytes(PLAINTEXT);
    var geometry = Geometry.of(SIZE, 3, 5, 24);
    SHARES = Shares.encode(PLAINTEXT, FileKey.of(new byte[16]), geometry, ShareLayout.of(geometry));
  }

  @Test
  void aFlippedBitAnywhereNeverGivesWrongBytesAndIsReplaced() throws IOException {
    byte[] raw = SHARES.raw().get(1).clone();
    for (int bit = 0; bit < 8 * raw.length; bit++) {
      raw[bit / 8] ^= (byte) (1 << bit % 8);
      var gaveUp = new ArrayList<Integer>();
      assertThat(decode(gaveUp, candidate(1, Shares.source(raw)), good(0), good(3), good(4)))
          .isEqualTo(PLAINTEXT);
      assertThat(gaveUp).isSubsetOf(1).hasSizeLessThan(2);
      // With no other share there is an error, or nobody needed the bit.
      try {
        assertThat(decode(gaveUp, candidate(1, Shares.source(raw)), good(0), good(3)))
            .isEqualTo(PLAINTEXT);
      } catch (TooFewSharesException e) {
        assertThat(e).hasMessage("2 good shares found, 3 are needed");
      }
      raw[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Test
  void aCutAnywhereIsReplaced() throws IOException {
    byte[] raw = SHARES.raw().get(4);
    for (int length = 0; length < raw.length; length++) {
      var cut = Shares.source(Arrays.copyOf(raw, length));
      assertThat(decode(new ArrayList<>(), candidate(4, cut), good(2), good(0), good(3)))
          .isEqualTo(PLAINTEXT);
    }
  }

  @Test
  void aSourceThatFailsAfterAnyNumberOfReadsIsReplaced() throws IOException {
    for (int reads = 0; reads < 20; reads++) {
      int[] left = {reads};
      ShareSource failing =
          (offset, target, targetOffset, length) -> {
            if (left[0]-- <= 0) {
              throw new IOException("the line is dead");
            }
            return Shares.source(SHARES.raw().get(2)).read(offset, target, targetOffset, length);
          };
      var gaveUp = new ArrayList<Integer>();
      assertThat(decode(gaveUp, good(4), candidate(2, failing), good(3), good(1)))
          .isEqualTo(PLAINTEXT);
      assertThat(gaveUp).isSubsetOf(2).hasSizeLessThan(2);
    }
  }

  @Test
  void everyBadShareIsReportedOnceUntilTooFewAreLeft() {
    var bad = Shares.source(new byte[700]);
    var gaveUp = new ArrayList<Integer>();
    var thrown =
        catchThrowableOfType(
            TooFewSharesException.class,
            () ->
                decode(
                    gaveUp,
                    candidate(0, bad),
                    good(1),
                    candidate(2, bad),
                    good(3),
                    candidate(4, bad)));
    assertThat(thrown.good()).isEqualTo(2);
    assertThat(thrown.needed()).isEqualTo(3);
    assertThat(gaveUp).containsExactly(0, 2, 4);
  }

  @Test
  void withoutAnyShareThereIsNothing() {
    assertThatThrownBy(() -> decode(new ArrayList<>()))
        .isInstanceOf(TooFewSharesException.class)
        .hasMessage("0 good shares found, 3 are needed");
  }

  @Test
  void copiesOfOneShareCountOnce() {
    assertThatThrownBy(() -> decode(new ArrayList<>(), good(1), good(1), good(1), good(2)))
        .isInstanceOf(TooFewSharesException.class)
        .hasMessage("2 good shares found, 3 are needed");
  }

  @Test
  void aCopyReplacesAShareThatTurnsOutBad() throws IOException {
    byte[] raw = SHARES.raw().get(1).clone();
    raw[36] ^= 1;
    var gaveUp = new ArrayList<Integer>();
    assertThat(decode(gaveUp, good(0), candidate(1, Shares.source(raw)), good(1), good(3)))
        .isEqualTo(PLAINTEXT);
    assertThat(gaveUp).containsExactly(1);
  }

  @Test
  void aShareKeptUnderAnotherNumberIsReplaced() throws IOException {
    var gaveUp = new ArrayList<Integer>();
    var wrong = candidate(3, Shares.source(SHARES.raw().get(2)));
    assertThat(decode(gaveUp, wrong, candidate(77, wrong.source()), good(0), good(1), good(2)))
        .isEqualTo(PLAINTEXT);
    assertThat(gaveUp).containsExactly(3, 77);
  }

  @Test
  void blocksThatGoBadLateAreReplacedSegmentBySegment() throws IOException {
    // Two shares have one bad block each, in different segments.
    var geometry = Geometry.of(SIZE, 3, 5, 24);
    long data = ShareLayout.of(geometry).data();
    var candidates = new ArrayList<ShareSet.Candidate>();
    for (int i = 0; i < 5; i++) {
      byte[] raw = SHARES.raw().get(i).clone();
      if (i < 2) {
        raw[(int) (data + geometry.blockStart(1 + i))] ^= 1;
      }
      candidates.add(candidate(i, Shares.source(raw)));
    }
    var gaveUp = new ArrayList<Integer>();
    assertThat(Shares.decode(SHARES.cap(), candidates, gaveUp)).isEqualTo(PLAINTEXT);
    assertThat(gaveUp).containsExactly(0, 1);
  }

  @Test
  void aBadBlockInEveryShareIsNoLossWhileEachSegmentHasEnoughGoodOnes() throws IOException {
    var geometry = Geometry.of(SIZE, 3, 5, 24);
    long data = ShareLayout.of(geometry).data();
    var candidates = new ArrayList<ShareSet.Candidate>();
    for (int i = 0; i < 5; i++) {
      byte[] raw = SHARES.raw().get(i).clone();
      raw[(int) (data + geometry.blockStart(i % geometry.segments()))] ^= 1;
      candidates.add(candidate(i, Shares.source(raw)));
    }
    var bad = new ArrayList<Integer>();
    assertThat(Shares.decode(SHARES.cap(), candidates, bad)).isEqualTo(PLAINTEXT);
    assertThat(bad).doesNotHaveDuplicates();
  }

  @Test
  void randomDamageNeverGivesWrongBytes() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var candidates = new ArrayList<ShareSet.Candidate>();
      for (int i : IntStream.range(0, 5).toArray()) {
        byte[] raw = SHARES.raw().get(i).clone();
        for (int n = random.nextInt(3); n > 0; n--) {
          raw[random.nextInt(raw.length)] = (byte) random.nextInt();
        }
        candidates.add(candidate(i, Shares.source(raw)));
      }
      try {
        assertThat(Shares.decode(SHARES.cap(), candidates, new ArrayList<>())).isEqualTo(PLAINTEXT);
      } catch (TooFewSharesException e) {
        assertThat(e.good()).isLessThan(3);
      }
    }
  }

  private static byte[] decode(List<Integer> gaveUp, ShareSet.Candidate... candidates)
      throws IOException {
    return Shares.decode(SHARES.cap(), List.of(candidates), gaveUp);
  }

  private static ShareSet.Candidate good(int number) {
    return candidate(number, Shares.source(SHARES.raw().get(number)));
  }

  private static ShareSet.Candidate candidate(int number, ShareSource source) {
    return new ShareSet.Candidate(number, source);
  }
}
