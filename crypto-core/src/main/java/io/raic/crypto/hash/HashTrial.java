package io.raic.crypto.hash;

import static io.raic.crypto.hash.LaneKernel.BLOCK_BYTES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Finds out whether a lane kernel can be trusted, whether it is worth having, and when. */
final class HashTrial {
  /** Blocks of a message that counts as a long one. */
  static final int LONG_BLOCKS = 5463;

  /** Lengths around those at which the padding changes, in an order that mixes the lanes. */
  private static final int[] LENGTHS = {
    0, 4000, 1, 30, 65, 21, 22, 23, 29, 31, 64, 94, 95, 159, 10_000, 300, 86, 85, 3, 128, 777,
  };

  /** The blocks of three segments of 1 MiB, coded 3 of 5. */
  private static final int MESSAGES = 15;

  private static final int MESSAGE_BYTES = 349_526;

  /**
   * What is hashed of each message in one round of the race, a piece further on each time: short
   * enough that a round is seldom interrupted, while the memory in use is as much as in earnest.
   */
  private static final int PIECE_BYTES = 256 * BLOCK_BYTES;

  /** A message that costs mostly what a message costs besides its blocks. */
  private static final int SHORT_BYTES = 4 * BLOCK_BYTES;

  /** Whoever wins so often in a row is faster. */
  private static final int RACE_WINS = 20;

  /** It takes half a second of processor time, which may be long to come on a busy machine. */
  private static final long RACE_NANOS = 30_000_000_000L;

  private final LaneHash lanes;
  private final TaggedHash alone = TaggedHash.of(Tag.BLOCK);
  private final LongSupplier nanoTime;
  private final byte[] data = new byte[MESSAGES * MESSAGE_BYTES];
  private final byte[] hashes = new byte[MESSAGES * TaggedHash.LENGTH];

  HashTrial(LaneKernel candidate, LongSupplier nanoTime) {
    this.lanes = new LaneHash(candidate);
    this.nanoTime = nanoTime;
    fill(data);
  }

  private static void fill(byte[] data) {
    int value = 1;
    for (int i = 0; i < data.length; i++) {
      value = value * 69_069 + 1;
      data[i] = (byte) (value >>> 24);
    }
  }

  /** Says whether {@code candidate} hashes a number of messages as Java's own SHA-256 does. */
  static boolean givesRightBytes(Supplier<LaneKernel> candidate) {
    byte[] data = new byte[1 << 14];
    fill(data);
    var messages = new ArrayList<Message>();
    byte[] wanted = new byte[2 * LENGTHS.length * TaggedHash.LENGTH];
    for (Tag tag : List.of(Tag.BLOCK, Tag.CRYPTTEXT_SEGMENT)) {
      var hash = TaggedHash.of(tag);
      for (int length : LENGTHS) {
        int place = messages.size();
        messages.add(new Message(tag, data, place, length, place));
        hash.update(data, place, length).digest(wanted, place * TaggedHash.LENGTH);
      }
    }
    byte[] got = new byte[wanted.length];
    try {
      new LaneHash(candidate.get()).hash(messages, got, 0);
      return Arrays.equals(got, wanted);
    } catch (RuntimeException | LinkageError _) {
      // Whatever is wrong with it: there is another way.
      return false;
    }
  }

  /** Returns what hashing costs, once the candidate is compiled; empty unless it is faster then. */
  Optional<HashCosts> costs() {
    var pieces = new Race(PIECE_BYTES);
    if (!pieces.isWon()) {
      return Optional.empty();
    }
    var shorts = new Race(SHORT_BYTES);
    for (int round = 0; round < RACE_WINS; round++) {
      shorts.round(round);
    }
    int blocks = (PIECE_BYTES - SHORT_BYTES) / BLOCK_BYTES;
    double step = Math.max(0, pieces.laneNanos() - shorts.laneNanos()) / blocks;
    double block = Math.max(0, pieces.aloneNanos() - shorts.aloneNanos()) / blocks / MESSAGES;
    double more = new Message(Tag.BLOCK, data, 0, SHORT_BYTES, 0).blocks();
    return Optional.of(
        new HashCosts(
            Math.max(0, shorts.aloneNanos() / MESSAGES - block * more),
            block,
            Math.max(0, (shorts.laneNanos() - step * more) / MESSAGES),
            step));
  }

  /** Rounds with messages of one length, and how long the last ones took. */
  private final class Race {
    private final int length;
    private final long[] laneNanos = new long[RACE_WINS];
    private final long[] aloneNanos = new long[RACE_WINS];

    Race(int length) {
      this.length = length;
    }

    boolean isWon() {
      long start = nanoTime.getAsLong();
      int wins = 0;
      for (int round = 0; wins < RACE_WINS; round++) {
        if (nanoTime.getAsLong() - start >= RACE_NANOS) {
          return false;
        }
        wins = round(round) ? wins + 1 : 0;
      }
      return true;
    }

    /** Hashes the same in both ways and says whether lanes were faster. */
    boolean round(int round) {
      int start = round * PIECE_BYTES % (MESSAGE_BYTES - PIECE_BYTES);
      var messages = new ArrayList<Message>();
      for (int i = 0; i < MESSAGES; i++) {
        messages.add(new Message(Tag.BLOCK, data, i * MESSAGE_BYTES + start, length, i));
      }
      long before = nanoTime.getAsLong();
      for (var message : messages) {
        alone
            .update(message.data, message.offset, message.length)
            .digest(hashes, message.place * TaggedHash.LENGTH);
      }
      long between = nanoTime.getAsLong();
      lanes.hash(messages, hashes, 0);
      long after = nanoTime.getAsLong();
      aloneNanos[round % RACE_WINS] = between - before;
      laneNanos[round % RACE_WINS] = after - between;
      return after - between < between - before;
    }

    double laneNanos() {
      return median(laneNanos);
    }

    double aloneNanos() {
      return median(aloneNanos);
    }

    private static double median(long[] nanos) {
      return Arrays.stream(nanos).sorted().skip(nanos.length / 2).findFirst().orElseThrow();
    }
  }
}
