package io.raic.crypto.share;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.hash.MerkleTree;
import io.raic.crypto.hash.TaggedHash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The nodes of the share hash tree that lead from one share's leaf to the root, each as a 16-bit
 * node number and its hash (format §6, §8).
 *
 * <p>Readers take the chain for a map. Its order is not hashed, but other writers of the format
 * have one, that of a CPython set, and {@link #order} gives it, so that our shares equal theirs
 * byte for byte.
 */
final class ShareHashChain {
  private static final int ENTRY_BYTES = Short.BYTES + TaggedHash.LENGTH;
  private static final int LINEAR_PROBES = 9;
  private static final int PERTURB_SHIFT = 5;
  private static final int FREE = -1;

  private ShareHashChain() {}

  /** Returns the bytes of a chain among {@code total} shares. */
  static int bytes(int total) {
    return ENTRY_BYTES * (Integer.numberOfTrailingZeros(MerkleTree.width(total)) + 1);
  }

  /** Returns the chain of share {@code shareNumber}. */
  static byte[] of(MerkleTree shareTree, int shareNumber) {
    int[] nodes = order(shareTree.width(), shareNumber);
    var chain = ByteBuffer.allocate(nodes.length * ENTRY_BYTES);
    for (int node : nodes) {
      chain.putShort((short) node).put(shareTree.node(node).toByteArray());
    }
    return chain.array();
  }

  /**
   * Says whether {@code chain} leads from the leaf of {@code shareNumber} to {@code root}, and
   * returns that leaf, which is the root of the share's block hash tree.
   *
   * @throws IllegalArgumentException if it does not
   */
  static Bytes verifiedLeaf(byte[] chain, int total, int shareNumber, Bytes root) {
    Map<Integer, Bytes> nodes = new HashMap<>();
    var in = ByteBuffer.wrap(chain);
    while (in.remaining() >= ENTRY_BYTES) {
      int node = Short.toUnsignedInt(in.getShort());
      byte[] hash = new byte[TaggedHash.LENGTH];
      in.get(hash);
      nodes.put(node, Bytes.copyOf(hash));
    }
    int width = MerkleTree.width(total);
    Bytes leaf = required(nodes, width - 1 + shareNumber);
    Bytes hash = leaf;
    for (int sibling : MerkleTree.siblings(width, shareNumber)) {
      Bytes other = required(nodes, sibling);
      hash = sibling % 2 == 1 ? MerkleTree.parent(other, hash) : MerkleTree.parent(hash, other);
    }
    if (!hash.equals(root)) {
      throw new IllegalArgumentException("share hash chain: does not lead to the root");
    }
    return leaf;
  }

  private static Bytes required(Map<Integer, Bytes> nodes, int node) {
    var hash = nodes.get(node);
    if (hash == null) {
      throw new IllegalArgumentException("share hash chain: node " + node + " is missing");
    }
    return hash;
  }

  /** Returns the node numbers of a chain in the order of a CPython set they are put into. */
  static int[] order(int width, int shareNumber) {
    int[] siblings = MerkleTree.siblings(width, shareNumber);
    int[] table = {FREE, FREE, FREE, FREE, FREE, FREE, FREE, FREE};
    for (int used = 1; used <= siblings.length + 1; used++) {
      insert(table, used <= siblings.length ? siblings[used - 1] : width - 1 + shareNumber);
      if (5 * used >= 3 * (table.length - 1)) {
        table = rehashed(table, Integer.highestOneBit(4 * used) << 1);
      }
    }
    return Arrays.stream(table).filter(node -> node != FREE).toArray();
  }

  private static int[] rehashed(int[] table, int capacity) {
    int[] bigger = new int[capacity];
    Arrays.fill(bigger, FREE);
    for (int node : table) {
      if (node != FREE) {
        insert(bigger, node);
      }
    }
    return bigger;
  }

  private static void insert(int[] table, int node) {
    int mask = table.length - 1;
    int perturb = node;
    int slot = node & mask;
    while (true) {
      int last = slot + LINEAR_PROBES <= mask ? slot + LINEAR_PROBES : slot;
      for (int i = slot; i <= last; i++) {
        if (table[i] == FREE) {
          table[i] = node;
          return;
        }
      }
      perturb >>= PERTURB_SHIFT;
      slot = (5 * slot + 1 + perturb) & mask;
    }
  }
}
