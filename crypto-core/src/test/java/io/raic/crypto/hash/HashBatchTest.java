package io.raic.crypto.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches give the hashes of {@link TaggedHash}, whatever is computed in lanes. */
class HashBatchTest {
  /** With these, everything is computed in lanes. */
  private static final HashCosts LANES_ARE_FREE = new HashCosts(1, 1, 0, 0);

  /** With these, some of most batches is. */
  private static final HashCosts AS_MEASURED = new HashCosts(200, 36, 300, 300);

  private final HashBatch batch = new HashBatch();

  @ParameterizedTest
  @EnumSource
  void everyShortLengthIsRightWithEveryTag(Tag tag) {
    byte[] data = random(new Random(1), 1000);
    byte[] wanted = new byte[301 * TaggedHash.LENGTH];
    for (int length = 0; length <= 300; length++) {
      batch.add(tag, data, length, length);
      TaggedHash.of(tag).update(data, length, length).digest(wanted, length * TaggedHash.LENGTH);
    }
    assertThat(batch.size()).isEqualTo(301);
    byte[] got = new byte[wanted.length];
    batch.digest(got, 0, lanes(LANES_ARE_FREE));
    assertThat(got).isEqualTo(wanted);
    assertThat(batch.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void anyMixtureOfMessagesIsRight(int seed) {
    var random = new Random(seed);
    byte[] data = random(random, 1 << (4 + seed));
    for (int round = 0; round < 4; round++) {
      var costs = round % 2 == 0 ? LANES_ARE_FREE : AS_MEASURED;
      int count = 1 + random.nextInt(40);
      byte[] wanted = new byte[7 + count * TaggedHash.LENGTH];
      for (int i = 0; i < count; i++) {
        var tag = random.nextBoolean() ? Tag.BLOCK : Tag.CRYPTTEXT_SEGMENT;
        int longest = random.nextInt(8) == 0 ? data.length : 1 + data.length / 16;
        int length = random.nextInt(longest);
        int offset = random.nextInt(data.length - length);
        batch.add(tag, data, offset, length);
        TaggedHash.of(tag).update(data, offset, length).digest(wanted, 7 + i * TaggedHash.LENGTH);
      }
      byte[] got = new byte[wanted.length];
      batch.digest(got, 7, lanes(costs));
      assertThat(got).as("round %d", round).isEqualTo(wanted);
    }
  }

  @Test
  void lengthsAroundTheEdgesOfBlocksAreRight() {
    byte[] data = random(new Random(2), 70_000);
    for (int blocks : new int[] {1, 2, 100, 1000}) {
      byte[] wanted = new byte[130 * TaggedHash.LENGTH];
      for (int i = 0; i < 130; i++) {
        int length = Math.max(0, blocks * LaneKernel.BLOCK_BYTES - 65 + i);
        batch.add(Tag.BLOCK, data, i, length);
        TaggedHash.of(Tag.BLOCK).update(data, i, length).digest(wanted, i * TaggedHash.LENGTH);
      }
      byte[] got = new byte[wanted.length];
      batch.digest(got, 0, lanes(LANES_ARE_FREE));
      assertThat(got).isEqualTo(wanted);
    }
  }

  @Test
  void withoutLanesEverythingIsRight() {
    byte[] data = random(new Random(3), 100);
    byte[] got = new byte[2 * TaggedHash.LENGTH];
    batch.add(Tag.BLOCK, data, 1, 99);
    batch.digest(got, TaggedHash.LENGTH, Optional.empty());
    batch.add(Tag.CRYPTTEXT_SEGMENT, data, 0, 100);
    batch.digest(got, 0);
    batch.digest(got, got.length);
    assertThat(got).startsWith(TaggedHash.hash(Tag.CRYPTTEXT_SEGMENT, data));
    assertThat(got).endsWith(TaggedHash.of(Tag.BLOCK).update(data, 1, 99).digest());
  }

  @Test
  void aBatchNeedsRoom() {
    batch.add(Tag.BLOCK, new byte[1], 0, 1);
    assertThatThrownBy(() -> batch.digest(new byte[40], 9))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> batch.digest(new byte[40], -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> batch.add(Tag.BLOCK, new byte[5], 3, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @EnumSource
  void everyPrefixLeavesRoomInABlock(Tag tag) {
    assertThat(tag.prefix()).hasSizeLessThan(LaneKernel.BLOCK_BYTES - Long.BYTES);
  }

  /** Empty on a machine without vectors of 512 bits, where there is nothing to test. */
  private static Optional<HashKernels.Lanes> lanes(HashCosts costs) {
    return HashKernels.vector().map(kernel -> new HashKernels.Lanes(kernel, costs));
  }

  private static byte[] random(Random random, int length) {
    byte[] data = new byte[length];
    random.nextBytes(data);
    return data;
  }
}
