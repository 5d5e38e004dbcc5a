package io.raic.gateway.grid;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Which lanes of one read are late, and get another one in their place: those whose stores take
 * longer than they usually do, and longer than is usual in this read.
 *
 * <p>A substitute is an {@link ExtraRequests extra request}, unless it is clear by now that the
 * store does not answer. When everything is slow, it is not the stores: then it takes {@link
 * #PATIENCE} times as long to be late.
 *
 * <p>For one thread at a time.
 */
final class Lateness {
  private static final int PATIENCE = 4;

  /** Who takes so many times as long as the others do is not late: he does not answer. */
  private static final int HOPELESS = 8;

  /** How often to look again, when a lane is late and may not be replaced. */
  private static final long AGAIN_NANOS = Duration.ofMillis(10).toNanos();

  private final Reading reading;
  private long usualNanos;

  Lateness(Reading reading) {
    this.reading = reading;
  }

  /** Notes how long the lanes were waited for. */
  void took(long nanos) {
    usualNanos = (3 * usualNanos + nanos) / 4;
  }

  /**
   * Marks those of {@code lanes} as replaced that are to be.
   *
   * @param answered whether a lane has answered
   * @param start since when the answers are waited for
   * @param bytes how much each reads for that
   * @param better whether what comes in place of a lane may be in a store that answers
   * @return when to look again, in nanoseconds; 0 if a lane was marked
   */
  long replace(
      List<ShareLane> lanes,
      Predicate<ShareLane> answered,
      long start,
      long bytes,
      BooleanSupplier better) {
    long now = reading.scheduler().nanoTime();
    var waiting =
        lanes.stream().filter(answered.negate()).filter(lane -> !lane.isReplaced()).toList();
    boolean allSlow = isAllSlow(lanes, answered);
    long next = Long.MAX_VALUE;
    boolean marked = false;
    for (var lane : waiting) {
      long limit = limit(lane, bytes);
      long waited = now - lane.expectedSince(start);
      long patience = allSlow ? PATIENCE * limit : limit;
      long left = patience - waited;
      if (waited > HOPELESS * patience) {
        lane.tempo().missed();
      }
      boolean free = lane.tempo().isSuspect() && better.getAsBoolean();
      if (free || (left <= 0 && reading.extras().take(lane.requests()))) {
        lane.setReplaced(true);
        marked = true;
      }
      next = Math.min(next, left <= 0 ? AGAIN_NANOS : left);
    }
    return marked ? 0 : next;
  }

  /** Says whether nothing has come in time yet, so that it may be no store's fault. */
  private boolean isAllSlow(List<ShareLane> lanes, Predicate<ShareLane> answered) {
    boolean none =
        lanes.size() > 1
            && lanes.stream().filter(answered).allMatch(lane -> lane.tempo().wasLate());
    return none || reading.tempos().mostAreLate();
  }

  private long limit(ShareLane lane, long bytes) {
    return Math.max(lane.tempo().lateNanos(bytes + lane.openingBytes()), 2 * usualNanos);
  }
}
