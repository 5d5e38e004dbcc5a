package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.file.Encoding;
import io.raic.crypto.file.Shares;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.hash.TaggedHash;
import io.raic.crypto.share.ShareHead;
import io.raic.crypto.share.ShareReader;
import io.raic.gateway.grid.RecentHeads.Place;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecentHeadsTest {
  private static final Place PLACE = new Place("store", 0);

  private final Shares shares = Shares.encode(new byte[9000], key(1), new Encoding(3, 5, 300));

  private static FileKey key(int n) {
    byte[] key = new byte[FileKey.LENGTH];
    Arrays.fill(key, (byte) n);
    return FileKey.of(key);
  }

  private static VerifyCap cap(int n) {
    return Shares.encode(new byte[100], key(n), new Encoding(3, 5, 300)).cap().verifyCap();
  }

  private ShareHead head() throws IOException {
    byte[] share = shares.raw().getFirst();
    return ShareReader.open(
            (offset, target, targetOffset, length) -> {
              int count = Math.clamp(share.length - offset, 0, length);
              System.arraycopy(share, (int) offset, target, targetOffset, count);
              return count;
            },
            0,
            shares.cap().verifyCap())
        .head();
  }

  @Test
  void itHoldsNoMoreThanItMayAndForgetsWhatWasNotReadForLongest() throws IOException {
    long each = head().memoryBytes();
    var recent = new RecentHeads(10 * each);
    for (int i = 2; i < 40; i++) {
      recent.add(cap(i), PLACE, head());
      assertThat(recent.heads(cap(2))).as("the one that is read all the time").isNotEmpty();
      assertThat(recent.bytes()).isLessThanOrEqualTo(10 * each);
    }
    assertThat(recent.heads(cap(3))).isEmpty();
    assertThat(recent.heads(cap(39))).containsKey(PLACE);
  }

  @Test
  void aFileThatIsTooLargeIsNotHeld() throws IOException {
    var recent = new RecentHeads(100);
    recent.add(cap(2), PLACE, head());
    assertThat(recent.bytes()).isZero();
  }

  @Test
  void aLargeFileDoesNotDriveOutTheOthers() throws IOException {
    var recent = new RecentHeads(20_000);
    recent.add(cap(2), PLACE, head());
    var hashes = new HashList();
    for (int i = 0; i < 100; i++) {
      hashes.add(new byte[TaggedHash.LENGTH], 0);
    }
    recent.add(cap(3), hashes);
    assertThat(recent.segmentHashes(cap(3))).as("it has room for 128").isEmpty();
    assertThat(recent.heads(cap(2))).isNotEmpty();
  }

  @Test
  void whatIsForgottenIsGone() throws IOException {
    var recent = new RecentHeads(RecentHeads.MAX_BYTES);
    recent.add(cap(2), PLACE, head());
    recent.add(cap(2), new Place("other", 0), head());
    recent.forget(cap(2), PLACE);
    recent.forget(cap(3), PLACE);
    assertThat(recent.heads(cap(2))).containsOnlyKeys(new Place("other", 0));
  }
}
