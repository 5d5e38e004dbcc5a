package io.raic.crypto.hash;

import static io.raic.crypto.hash.LaneKernel.LANES;

import java.util.Arrays;
import java.util.List;

/**
 * What hashing costs on this machine, in nanoseconds, and what follows for a number of messages.
 *
 * @param messageAlone what a message costs by itself, besides its blocks
 * @param blockAlone what a block of it costs
 * @param messageInLane what a message costs in a lane, besides its blocks
 * @param step what a block of every lane costs, however many of them are in use
 */
record HashCosts(double messageAlone, double blockAlone, double messageInLane, double step) {
  /**
   * How many of the longest messages may be kept out of the lanes: when more of them than there are
   * lanes are long, the lanes are full.
   */
  private static final int MAX_ALONE = LANES;

  /** Returns how many messages of {@code blocks} blocks it takes for lanes to be worth it. */
  int leastMessages(int blocks) {
    double saved = messageAlone + blocks * blockAlone - messageInLane;
    return saved <= 0 ? Integer.MAX_VALUE : (int) Math.ceil(blocks * step / saved);
  }

  /**
   * Returns how many of the messages, from the first, are better hashed by themselves, the others
   * going to lanes: a long message that leaves most lanes idle is.
   *
   * @param longestFirst the messages
   */
  int alone(List<Message> longestFirst) {
    if (longestFirst.size() * blockAlone <= step) {
      return longestFirst.size();
    }
    int[] blocks = longestFirst.stream().mapToInt(Message::blocks).toArray();
    double all = 0;
    long sum = 0;
    for (int count : blocks) {
      all += alone(count);
      sum += count;
    }
    double best = all;
    int bestAlone = blocks.length;
    double before = 0;
    for (int alone = 0; alone < blocks.length && alone <= MAX_ALONE; alone++) {
      // No schedule is shorter than this.
      double least = Math.max(blocks[alone], (double) sum / LANES);
      double messages = before + messageInLane * (blocks.length - alone);
      if (messages + step * least < best) {
        double cost = messages + step * steps(blocks, alone);
        if (cost < best) {
          best = cost;
          bestAlone = alone;
        }
      }
      before += alone(blocks[alone]);
      sum -= blocks[alone];
    }
    return bestAlone;
  }

  private double alone(int blocks) {
    return messageAlone + blocks * blockAlone;
  }

  /** Returns the steps until the last lane is done with messages {@code from} and after. */
  private static long steps(int[] blocks, int from) {
    long[] lanes = new long[LANES];
    for (int i = from; i < blocks.length; i++) {
      int earliest = 0;
      for (int lane = 1; lane < LANES; lane++) {
        earliest = lanes[lane] < lanes[earliest] ? lane : earliest;
      }
      lanes[earliest] += blocks[i];
    }
    return Arrays.stream(lanes).max().orElseThrow();
  }
}
