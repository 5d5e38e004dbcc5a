package io.raic.gateway.admin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who listens to what is new: not too many, and no user so many that others cannot. A page that was
 * left is noticed late, so one more of a user takes the place of that user's oldest.
 */
final class Listeners {
  static final int MAX = 100;
  static final int MAX_OF_USER = 8;

  private final Map<String, Deque<Seat>> ofUser = new HashMap<>();
  private int all;

  /** The place of one that listens; its thread is interrupted when it has lost it. */
  final class Seat {
    private final String user;
    private final Thread thread;

    private Seat(String user, Thread thread) {
      this.user = user;
      this.thread = thread;
    }

    /** Gives it back; for the thread that took it, which is not interrupted from then on. */
    void leave() {
      synchronized (Listeners.this) {
        remove(this);
        var _ = Thread.interrupted();
      }
    }
  }

  /** Returns a place for {@code user} on this thread; nothing if there are too many of others. */
  synchronized Optional<Seat> enter(String user) {
    var seats = ofUser.getOrDefault(user, new ArrayDeque<>());
    if (seats.size() == MAX_OF_USER) {
      var oldest = seats.getFirst();
      remove(oldest);
      oldest.thread.interrupt();
    } else if (all == MAX) {
      return Optional.empty();
    }
    var seat = new Seat(user, Thread.currentThread());
    ofUser.computeIfAbsent(user, _ -> new ArrayDeque<>()).addLast(seat);
    all++;
    return Optional.of(seat);
  }

  private void remove(Seat seat) {
    var seats = ofUser.get(seat.user);
    if (seats != null && seats.remove(seat)) {
      all--;
      if (seats.isEmpty()) {
        ofUser.remove(seat.user);
      }
    }
  }
}
