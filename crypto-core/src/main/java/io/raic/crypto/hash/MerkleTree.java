package io.raic.crypto.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.bytes.Netstring;
import java.util.Arrays;

/**
 * A complete binary hash tree whose root commits to every leaf and its place.
 *
 * <p>Stored flat, breadth first: node 0 is the root, the children of node {@code i} are {@code 2i +
 * 1} and {@code 2i + 2}, leaf {@code j} is node {@code width - 1 + j}. Immutable after {@link #of};
 * format §6.
 */
public final class MerkleTree {
  /** The most leaves a tree may have: its nodes are 64 MiB then. */
  public static final int MAX_LEAVES = 1 << 20;

  private static final int LENGTH = TaggedHash.LENGTH;
  private static final byte[] LENGTH_PREFIX = Netstring.prefix(LENGTH);
  private static final byte[] LENGTH_PREFIX_AFTER_COMMA = ("," + LENGTH + ":").getBytes(US_ASCII);
  private static final byte[] COMMA = {','};

  private final int width;
  private final byte[] nodes;

  private MerkleTree(int width, byte[] nodes) {
    this.width = width;
    this.nodes = nodes;
  }

  /** Returns the smallest power of two that holds {@code leaves}: the leaves of the whole tree. */
  public static int width(int leaves) {
    if (leaves < 0 || leaves > MAX_LEAVES) {
      throw new IllegalArgumentException(
          "a hash tree has at most %d leaves, not %d".formatted(MAX_LEAVES, leaves));
    }
    return leaves <= 1 ? 1 : Integer.highestOneBit(leaves - 1) << 1;
  }

  /** Returns the bytes of all nodes of a tree over {@code leaves} leaves. */
  public static int bytes(int leaves) {
    return (2 * width(leaves) - 1) * LENGTH;
  }

  /** Builds the tree over {@code leaves}; the leaves missing to a power of two are fillers. */
  public static MerkleTree of(HashList leaves) {
    int width = width(leaves.size());
    byte[] nodes = new byte[bytes(leaves.size())];
    leaves.copyTo(nodes, (width - 1) * LENGTH);
    TaggedHash filler = TaggedHash.of(Tag.EMPTY_LEAF);
    for (int i = leaves.size(); i < width; i++) {
      filler.update(Integer.toString(i).getBytes(US_ASCII));
      filler.digest(nodes, (width - 1 + i) * LENGTH);
    }
    TaggedHash inner = TaggedHash.of(Tag.INNER_NODE);
    for (int i = width - 2; i >= 0; i--) {
      joinChildren(inner, nodes, 2 * i + 1, nodes, 2 * i + 2);
      inner.digest(nodes, i * LENGTH);
    }
    return new MerkleTree(width, nodes);
  }

  /** Returns the parent of two nodes of 32 bytes. */
  public static Bytes parent(Bytes left, Bytes right) {
    return Bytes.copyOf(TaggedHash.pair(Tag.INNER_NODE, left.toByteArray(), right.toByteArray()));
  }

  private static void joinChildren(
      TaggedHash inner, byte[] left, int leftNode, byte[] right, int rightNode) {
    inner
        .update(LENGTH_PREFIX)
        .update(left, leftNode * LENGTH, LENGTH)
        .update(LENGTH_PREFIX_AFTER_COMMA)
        .update(right, rightNode * LENGTH, LENGTH)
        .update(COMMA);
  }

  /** Returns the number of leaves, fillers included. */
  public int width() {
    return width;
  }

  /** Returns the root. */
  public Bytes root() {
    return node(0);
  }

  /** Returns node {@code i}. */
  public Bytes node(int i) {
    return Bytes.copyOf(nodes, i * LENGTH, LENGTH);
  }

  /** Returns a copy of all nodes, flat. */
  public byte[] toByteArray() {
    return nodes.clone();
  }

  /**
   * Says whether {@code length} bytes of {@code part} are those of the flat tree from {@code at}.
   */
  public boolean matches(int at, byte[] part, int length) {
    return Arrays.equals(nodes, at, at + length, part, 0, length);
  }

  /**
   * Returns the nodes that, with leaf {@code leaf}, lead to the root: its sibling first, then its
   * parent's sibling, and so on; empty in a tree of one leaf.
   */
  public static int[] siblings(int width, int leaf) {
    int[] path = new int[Integer.numberOfTrailingZeros(width)];
    int node = width - 1 + leaf;
    for (int i = 0; i < path.length; i++) {
      path[i] = node % 2 == 1 ? node + 1 : node - 1;
      node = (node - 1) / 2;
    }
    return path;
  }
}
