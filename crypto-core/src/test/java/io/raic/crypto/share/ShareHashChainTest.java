package io.raic.crypto.share;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.Vectors;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.hash.MerkleTree;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareHashChainTest {
  /** Computed with sets of CPython 3.11: a line for each width and leaf, hashed. */
  @Test
  void theOrderIsThatOfASetInCPython() {
    var all = Vectors.sha256();
    for (int width = 1; width <= 256; width *= 2) {
      for (int leaf = 0; leaf < width; leaf++) {
        String order = Arrays.toString(ShareHashChain.order(width, leaf));
        all.update("%d %d %s\n".formatted(width, leaf, order).getBytes(US_ASCII));
      }
    }
    assertThat(HexFormat.of().formatHex(all.digest()))
        .isEqualTo("2749421dcd56d44090138e4c51a702007509ea883732f0c3c067bcc190008bd0");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 10, 16, 17, 256})
  void aChainLeadsFromTheLeafOfItsShare(int total) {
    var tree = tree(total);
    for (int share = 0; share < total; share++) {
      byte[] chain = ShareHashChain.of(tree, share);
      assertThat(chain).hasSize(ShareHashChain.bytes(total));
      assertThat(ShareHashChain.verifiedLeaf(chain, total, share, tree.root()))
          .isEqualTo(tree.node(tree.width() - 1 + share));
      for (int other = 0; other < total; other++) {
        assertLeadsFromNoOtherLeaf(chain, tree, total, other);
      }
    }
  }

  private static void assertLeadsFromNoOtherLeaf(
      byte[] chain, MerkleTree tree, int total, int share) {
    try {
      // The chain of a share holds its sibling's leaf too.
      assertThat(ShareHashChain.verifiedLeaf(chain, total, share, tree.root()))
          .isEqualTo(tree.node(tree.width() - 1 + share));
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("share hash chain:");
    }
  }

  @Test
  void everyOrderIsRead() {
    var tree = tree(10);
    byte[] chain = ShareHashChain.of(tree, 3);
    var reversed = ByteBuffer.allocate(chain.length);
    for (int at = chain.length - 34; at >= 0; at -= 34) {
      reversed.put(chain, at, 34);
    }
    assertThat(ShareHashChain.verifiedLeaf(reversed.array(), 10, 3, tree.root()))
        .isEqualTo(tree.node(15 + 3));
  }

  @Test
  void everyFlippedBitIsNoticed() {
    var tree = tree(5);
    byte[] chain = ShareHashChain.of(tree, 4);
    for (int bit = 0; bit < 8 * chain.length; bit++) {
      byte[] flipped = chain.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> ShareHashChain.verifiedLeaf(flipped, 5, 4, tree.root()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static MerkleTree tree(int total) {
    var leaves = new HashList();
    var random = new Random(total);
    for (int i = 0; i < total; i++) {
      byte[] leaf = new byte[32];
      random.nextBytes(leaf);
      leaves.add(leaf, 0);
    }
    return MerkleTree.of(leaves);
  }
}
