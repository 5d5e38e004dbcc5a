package io.raic.gateway.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells those that look at pages that something is new. Who is slow misses nothing but repetitions,
 * and nobody waits for them.
 *
 * <p>For any number of threads.
 */
public final class Feed {
  /** What can be new. */
  public enum Topic {
    /** How a provider does. */
    STATE,
    /** What the charts show. */
    SAMPLE,
    /** How far transfers are. */
    TRANSFERS,
    /** How far checks and repairs are. */
    JOBS;

    /** Returns it as pages know it. */
    public String event() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Topic, Long> versions = new EnumMap<>(Topic.class);
  private boolean isClosed;

  /** Tells of a topic. */
  public void tell(Topic topic) {
    lock.lock();
    try {
      versions.merge(topic, 1L, Long::sum);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waiting, now and from now on. */
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Says whether nothing more will be told. */
  public boolean isClosed() {
    lock.lock();
    try {
      return isClosed;
    } finally {
      lock.unlock();
    }
  }

  /** Returns a reader that hears of what is new from now on. */
  public Reader reader() {
    lock.lock();
    try {
      return new Reader(versions);
    } finally {
      lock.unlock();
    }
  }

  /** Where somebody has read to. For one thread. */
  public final class Reader {
    private final Map<Topic, Long> seen = new EnumMap<>(Topic.class);

    private Reader(Map<Topic, Long> seen) {
      this.seen.putAll(seen);
    }

    /** Waits for what is new, and returns nothing if there is nothing in time. */
    public List<Topic> await(Duration limit) throws InterruptedException {
      long left = limit.toNanos();
      lock.lock();
      try {
        while (!isClosed && left > 0 && seen.equals(versions)) {
          left = changed.awaitNanos(left);
        }
        var news = new ArrayList<Topic>();
        versions.forEach((topic, version) -> {
          if (!version.equals(seen.put(topic, version))) {
            news.add(topic);
          }
        });
        return news;
      } finally {
        lock.unlock();
      }
    }
  }
}
