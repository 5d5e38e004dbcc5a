package io.raic.gateway.grid;

/**
 * How many requests all reads together may make beyond those they need: so few that they never make
 * slow stores slower. For any number of threads.
 */
final class ExtraRequests {
  /** Of the requests made. */
  static final double PART = 0.05;

  /** As many can be made at once after a quiet time. */
  static final int BURST = 10;

  private double left = BURST;
  private long taken;

  /** Notes a request. */
  synchronized void made() {
    left = Math.min(BURST, left + PART);
  }

  /** Takes leave for one that nobody waits for: half of a burst is left for those who wait. */
  synchronized boolean takeSpare() {
    return left - 1 >= BURST / 2 && take(1);
  }

  /** Returns how many leave was taken for since the start. */
  synchronized long taken() {
    return taken;
  }

  /** Takes leave to make {@code count} more requests than needed; says whether it is given. */
  synchronized boolean take(int count) {
    if (left < count) {
      return false;
    }
    left -= count;
    taken += count;
    return true;
  }
}
