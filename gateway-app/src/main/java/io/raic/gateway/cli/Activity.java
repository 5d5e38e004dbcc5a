package io.raic.gateway.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells a transfer that stands still from one that is slow.
 *
 * <p>Time spent on the user's own files and pipes does not count: a reader that pauses is no fault
 * of the gateway. Any thread may call any method.
 */
final class Activity {
  private final LongSupplier nanoClock;
  private volatile long last;
  private volatile Duration limit;
  private volatile boolean local;

  /** Starts to watch; without any sign of life for {@code limit}, the transfer counts as dead. */
  Activity(LongSupplier nanoClock, Duration limit) {
    this.nanoClock = nanoClock;
    this.limit = limit;
    this.last = nanoClock.getAsLong();
  }

  /** The next time is spent on a local file or pipe, until {@link #backFromLocal}. */
  void toLocal() {
    local = true;
  }

  /** Bytes have moved. */
  void backFromLocal() {
    last = nanoClock.getAsLong();
    local = false;
  }

  /** From now on the gateway works without a sign of life, for at most {@code duration}. */
  void expectAnswerWithin(Duration duration) {
    limit = duration;
    last = nanoClock.getAsLong();
  }

  /** Returns how long nothing may move. */
  Duration limit() {
    return limit;
  }

  /** Says whether nothing has moved for longer than the limit. */
  boolean stalled() {
    return !local && nanoClock.getAsLong() - last > limit.toNanos();
  }
}
