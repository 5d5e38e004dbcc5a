package io.raic.crypto.hash;

import static io.raic.crypto.hash.LaneKernel.BLOCK_BYTES;
import static io.raic.crypto.hash.LaneKernel.LANES;
import static io.raic.crypto.hash.LaneKernel.STATE_WORDS;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Tagged hashes of many messages in the lanes of a {@link LaneKernel}: a lane whose message ends
 * takes the next one.
 *
 * <p>No message is copied. What SHA-256 sees of one is the tag's prefix, the data, and padding; cut
 * into its blocks, all but the first and the last one or two are made of data alone, and are read
 * where the data is. So every message is at most three runs of blocks: a first block put together
 * in the lane, blocks of the data, and an end put together in the lane.
 *
 * <p>For one thread at a time.
 */
final class LaneHash {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Fractions of the square roots of the first eight primes (FIPS 180-4, §5.3.3). */
  private static final int[] START = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  };

  private final LaneKernel kernel;
  private final MessageDigest sha256 = TaggedHash.sha256();
  private final int[] state = new int[STATE_WORDS * LANES];
  private final byte[][] arrays = new byte[LANES][];
  private final int[] starts = new int[LANES];
  private final Lane[] lanes = new Lane[LANES];

  LaneHash(LaneKernel kernel) {
    this.kernel = kernel;
    Arrays.setAll(lanes, Lane::new);
  }

  /**
   * Hashes {@code messages}, of which the first ones begin first.
   *
   * @param target where the hash of each is put, 32 bytes times its place after {@code offset}
   */
  void hash(List<Message> messages, byte[] target, int offset) {
    var waiting = messages.iterator();
    var busy = new ArrayList<Lane>(LANES);
    for (var lane : lanes) {
      if (waiting.hasNext()) {
        lane.begin(waiting.next());
        busy.add(lane);
      }
    }
    while (!busy.isEmpty()) {
      step(busy);
      busy.removeIf(lane -> lane.left == 0 && !goesOn(lane, waiting, target, offset));
    }
    Arrays.fill(arrays, new byte[0]);
  }

  private void step(List<Lane> busy) {
    int blocks = Integer.MAX_VALUE;
    for (var lane : busy) {
      blocks = Math.min(blocks, lane.left);
    }
    var any = busy.getFirst();
    for (var lane : lanes) {
      if (lane.left == 0) {
        // Something must be there to be read; nobody looks at what comes of it.
        arrays[lane.number] = arrays[any.number];
        starts[lane.number] = starts[any.number];
      }
    }
    kernel.compress(state, arrays, starts, blocks);
    for (var lane : busy) {
      starts[lane.number] += blocks * BLOCK_BYTES;
      lane.left -= blocks;
    }
  }

  /** Gives a lane at the end of a run its next one, if need be of the next message. */
  private static boolean goesOn(Lane lane, Iterator<Message> waiting, byte[] target, int offset) {
    if (lane.nextRun()) {
      return true;
    }
    lane.finish(target, offset);
    if (!waiting.hasNext()) {
      return false;
    }
    lane.begin(waiting.next());
    return true;
  }

  /** What one lane is doing: blocks that stand in a row, of which {@code left} are left. */
  private final class Lane {
    private static final Message NONE = new Message(Tag.BLOCK, new byte[0], 0, 0, 0);

    private final int number;
    private final byte[] edge = new byte[2 * BLOCK_BYTES];
    private int left;
    private Message message = NONE;

    /** Data bytes that are in runs already. */
    private int taken;

    private boolean ending;

    Lane(int number) {
      this.number = number;
    }

    void begin(Message next) {
      for (int i = 0; i < STATE_WORDS; i++) {
        state[i * LANES + number] = START[i];
      }
      message = next;
      taken = 0;
      ending = false;
      byte[] prefix = next.tag.prefix();
      System.arraycopy(prefix, 0, edge, 0, prefix.length);
      if (next.hashedBytes() < BLOCK_BYTES) {
        end(prefix.length);
      } else {
        take(prefix.length, BLOCK_BYTES - prefix.length);
        run(edge, 0, 1);
      }
    }

    /** Says whether the message goes on after the run that has ended. */
    boolean nextRun() {
      if (ending) {
        return false;
      }
      int blocks = (message.length - taken) / BLOCK_BYTES;
      if (blocks > 0) {
        run(message.data, message.offset + taken, blocks);
        taken += blocks * BLOCK_BYTES;
      } else {
        end(0);
      }
      return true;
    }

    private void run(byte[] array, int start, int blocks) {
      arrays[number] = array;
      starts[number] = start;
      left = blocks;
    }

    private void take(int at, int length) {
      System.arraycopy(message.data, message.offset + taken, edge, at, length);
      taken += length;
    }

    private void end(int filled) {
      ending = true;
      int rest = message.length - taken;
      take(filled, rest);
      int end = filled + rest;
      int blocks = end + 1 + Long.BYTES <= BLOCK_BYTES ? 1 : 2;
      int lengthAt = blocks * BLOCK_BYTES - Long.BYTES;
      edge[end] = (byte) 0x80;
      Arrays.fill(edge, end + 1, lengthAt, (byte) 0);
      LONGS.set(edge, lengthAt, message.hashedBytes() * Byte.SIZE);
      run(edge, 0, blocks);
    }

    /** Hashes the hash, which is one block: not worth a lane. */
    void finish(byte[] target, int offset) {
      int at = offset + message.place * TaggedHash.LENGTH;
      for (int i = 0; i < STATE_WORDS; i++) {
        INTS.set(target, at + i * Integer.BYTES, state[i * LANES + number]);
      }
      message = NONE;
      try {
        sha256.update(target, at, TaggedHash.LENGTH);
        sha256.digest(target, at, TaggedHash.LENGTH);
      } catch (DigestException e) {
        throw new IllegalStateException("a digest that fits does not", e);
      }
    }
  }
}
