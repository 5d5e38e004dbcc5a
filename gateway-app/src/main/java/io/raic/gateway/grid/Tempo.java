package io.raic.gateway.grid;

import io.raic.gateway.schedule.Scheduler;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * How fast one store is, learnt from what it is asked anyway: what it usually takes, and whether it
 * has fallen silent. A store is suspect after it was late or failed, for longer each time, until it
 * answers; one that was late or failed with a write, to other writes until it commits one.
 *
 * <p>For any number of threads.
 */
final class Tempo {
  /** What is waited for. */
  enum Wait {
    /** The list of a file's shares. */
    LIST,
    /** The first byte of a read. */
    FIRST_BYTE,
    /** The end of a write, since the store got its last byte. */
    COMMIT
  }

  /** Nothing that comes sooner is late. */
  static final Duration FLOOR = Duration.ofMillis(50);

  private static final Duration FIRST_SUSPICION = Duration.ofSeconds(1);
  private static final Duration LONGEST_SUSPICION = Duration.ofSeconds(30);

  /** What was so longer ago says nothing of now. */
  private static final Duration RECENTLY = Duration.ofSeconds(2);

  /** How much the latest observation counts. */
  private static final double WEIGHT = 0.2;

  private final Scheduler scheduler;
  private final long unknownNanos;
  private final Map<Wait, Recent> waits = new EnumMap<>(Wait.class);
  private double nanosPerByte;
  private final Suspicion any;
  private final Suspicion writing;
  private long heardAt;
  private boolean wasLate;

  /**
   * Knows nothing yet.
   *
   * @param unknown how long a store may take before it is late, while too little is known
   */
  Tempo(Duration unknown, Scheduler scheduler) {
    this.scheduler = scheduler;
    this.unknownNanos = unknown.toNanos();
    this.any = new Suspicion();
    this.writing = new Suspicion();
    this.heardAt = scheduler.nanoTime();
    for (var wait : Wait.values()) {
      waits.put(wait, new Recent());
    }
  }

  /** The latest waits of one kind. */
  private final class Recent {
    private static final int KEPT = 64;
    private static final int ENOUGH = 8;

    private final long[] nanos = new long[KEPT];
    private int count;
    private double mean;

    void add(long wait) {
      nanos[count % KEPT] = wait;
      mean = count == 0 ? wait : mean + WEIGHT * (wait - mean);
      count++;
    }

    long mean() {
      return (long) mean;
    }

    /** Returns a quarter more than what 19 of 20 did not exceed. */
    long late() {
      int kept = Math.min(count, KEPT);
      if (kept < ENOUGH) {
        return unknownNanos;
      }
      long[] sorted = Arrays.copyOf(nanos, kept);
      Arrays.sort(sorted);
      long usual = sorted[(kept * 19 - 1) / 20];
      return Math.max(FLOOR.toNanos(), usual + usual / 4);
    }
  }

  /** What misses of a kind give reason to think. */
  private final class Suspicion {
    private int misses;
    private long until = scheduler.nanoTime();

    boolean isOn() {
      return scheduler.nanoTime() - until < 0;
    }

    void raise() {
      if (isOn()) {
        return;
      }
      long pause =
          Math.min(LONGEST_SUSPICION.toNanos(), FIRST_SUSPICION.toNanos() << Math.min(misses, 10));
      misses++;
      until = scheduler.nanoTime() + pause;
    }

    void clear() {
      misses = 0;
      until = scheduler.nanoTime();
    }
  }

  /** Notes that the store answered after {@code nanos}. */
  synchronized void answered(Wait wait, long nanos) {
    wasLate = nanos > recent(wait).late();
    recent(wait).add(nanos);
    heardAt = scheduler.nanoTime();
    any.clear();
    if (wait == Wait.COMMIT) {
      writing.clear();
    }
  }

  /** Notes that it moved {@code bytes} in {@code nanos}, waits for their first one not counted. */
  synchronized void moved(long bytes, long nanos) {
    if (bytes > 0) {
      double now = (double) nanos / bytes;
      nanosPerByte = nanosPerByte == 0 ? now : nanosPerByte + WEIGHT * (now - nanosPerByte);
    }
  }

  /**
   * Notes that it failed, or had not answered when that was not waited for any longer. Many may
   * notice the same silence: while it is suspect already, that says nothing new.
   */
  synchronized void missed() {
    any.raise();
  }

  /** As {@link #missed}, of a write: that it answers something else says nothing of the next. */
  synchronized void missedWriting() {
    any.raise();
    writing.raise();
  }

  /** Says whether there is reason to think that it would not answer now. */
  synchronized boolean isSuspect() {
    return any.isOn();
  }

  /** Says whether there is reason to think that it would not take a write now. */
  synchronized boolean isSuspectToWrite() {
    return any.isOn() || writing.isOn();
  }

  /** Says whether it has not answered since it last was late or failed, however long ago. */
  synchronized boolean isOnProbation() {
    return any.misses > 0;
  }

  /** Says the same of it, or that it has committed no write since it last was late with one. */
  synchronized boolean isOnProbationToWrite() {
    return any.misses > 0 || writing.misses > 0;
  }

  /** Returns how long it may take before it is late, in nanoseconds. */
  synchronized long lateNanos(Wait wait) {
    return recent(wait).late();
  }

  /** Says whether it is known how long it usually takes. */
  synchronized boolean isKnown(Wait wait) {
    return recent(wait).count >= Recent.ENOUGH;
  }

  /** Says whether its last answer took longer than usual, and was not long ago. */
  synchronized boolean wasLate() {
    return wasLate && scheduler.nanoTime() - heardAt < RECENTLY.toNanos();
  }

  /** Returns when it last answered, as the scheduler tells the time. */
  synchronized long heardAt() {
    return heardAt;
  }

  /**
   * Returns how long reading {@code bytes} may take before it is late, in nanoseconds. The bytes
   * may come at half the usual rate.
   */
  synchronized long lateNanos(long bytes) {
    return recent(Wait.FIRST_BYTE).late() + (long) (2 * bytes * nanosPerByte);
  }

  /**
   * Returns how long it is expected to take for the first byte and {@code bytes} in all; a store of
   * which nothing is known is expected to be the fastest, so that it is tried.
   */
  synchronized long expectedNanos(long bytes) {
    return recent(Wait.FIRST_BYTE).mean() + (long) (bytes * nanosPerByte);
  }

  private Recent recent(Wait wait) {
    var recent = waits.get(wait);
    if (recent == null) {
      throw new IllegalStateException("no kind of wait was left out");
    }
    return recent;
  }
}
