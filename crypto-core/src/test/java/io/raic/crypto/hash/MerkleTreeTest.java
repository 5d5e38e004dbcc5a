package io.raic.crypto.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.bytes.Bytes;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleTreeTest {
  @Test
  void aTreeOfNothingIsTheKnownAnswer() {
    var tree = MerkleTree.of(new HashList());
    assertThat(tree.width()).isEqualTo(1);
    assertThat(tree.root())
        .hasToString("e0024730188e2de564a697cc2987407b24ae7eb6b880190c1a0337a5740e527a");
  }

  @Test
  void aTreeOfOneLeafIsTheLeaf() {
    var leaves = leaves(1);
    assertThat(MerkleTree.of(leaves).root()).isEqualTo(leaf(0));
    assertThat(MerkleTree.of(leaves).toByteArray()).hasSize(32);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "2, 2", "3, 4", "4, 4", "5, 8", "1023, 1024", "1048576, 1048576"})
  void theWidthIsTheNextPowerOfTwo(int leaves, int width) {
    assertThat(MerkleTree.width(leaves)).isEqualTo(width);
    assertThat(MerkleTree.bytes(leaves)).isEqualTo((2 * width - 1) * 32);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, (1 << 20) + 1, Integer.MAX_VALUE})
  void aTreeHasALimit(int leaves) {
    assertThatThrownBy(() -> MerkleTree.width(leaves))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1048576");
  }

  @Test
  void missingLeavesAreFillersNamedByTheirPlace() {
    var tree = MerkleTree.of(leaves(3));
    var filler = Bytes.copyOf(TaggedHash.hash(Tag.EMPTY_LEAF, "3".getBytes(US_ASCII)));
    assertThat(tree.node(6)).isEqualTo(filler);
    var left = MerkleTree.parent(leaf(0), leaf(1));
    var right = MerkleTree.parent(leaf(2), filler);
    assertThat(tree.node(1)).isEqualTo(left);
    assertThat(tree.node(2)).isEqualTo(right);
    assertThat(tree.root()).isEqualTo(MerkleTree.parent(left, right));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 13, 16, 33, 256})
  void theSiblingsOfALeafLeadToTheRoot(int count) {
    var tree = MerkleTree.of(leaves(count));
    for (int leaf = 0; leaf < tree.width(); leaf++) {
      var hash = tree.node(tree.width() - 1 + leaf);
      int place = leaf;
      for (int sibling : MerkleTree.siblings(tree.width(), leaf)) {
        hash =
            place % 2 == 0
                ? MerkleTree.parent(hash, tree.node(sibling))
                : MerkleTree.parent(tree.node(sibling), hash);
        place /= 2;
      }
      assertThat(hash).isEqualTo(tree.root());
    }
  }

  @Test
  void aTreeMatchesItsOwnNodesOnly() {
    var tree = MerkleTree.of(leaves(4));
    byte[] flat = tree.toByteArray();
    assertThat(tree.matches(0, flat, flat.length)).isTrue();
    assertThat(tree.matches(64, Arrays.copyOfRange(flat, 64, 96), 32)).isTrue();
    assertThat(tree.matches(32, Arrays.copyOfRange(flat, 64, 96), 32)).isFalse();
    flat[flat.length - 1] ^= 1;
    assertThat(tree.matches(0, flat, flat.length)).isFalse();
  }

  @Test
  void aListComparesOnlyWhatWasAdded() {
    var list = new HashList();
    var hash = TaggedHash.of(Tag.BLOCK);
    list.add(hash.update(new byte[] {1}));
    assertThat(list.size()).isEqualTo(1);
    assertThat(list.matches(0, hash.update(new byte[] {1}))).isTrue();
    assertThat(list.matches(0, hash.update(new byte[] {2}))).isFalse();
    assertThatThrownBy(() -> list.matches(1, hash)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static HashList leaves(int count) {
    var leaves = new HashList();
    for (int i = 0; i < count; i++) {
      leaves.add(leaf(i).toByteArray(), 0);
    }
    return leaves;
  }

  private static Bytes leaf(int i) {
    byte[] leaf = new byte[32];
    new Random(i).nextBytes(leaf);
    return Bytes.copyOf(leaf);
  }
}
