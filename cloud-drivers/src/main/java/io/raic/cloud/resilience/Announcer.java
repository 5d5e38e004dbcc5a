package io.raic.cloud.resilience;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps what there is to tell until the one thread that tells it: whoever finds out that a circuit
 * has changed holds a lock, or is the one that ends transfers, and must not wait for a log. For any
 * thread.
 */
final class Announcer {
  /** Of those that wait; the oldest are forgotten. A circuit remembers its own. */
  static final int MAX_WAITING = 1000;

  private static final int MAX_TROUBLES = 100;

  private final String provider;
  private final GuardListener listener;
  private final ArrayDeque<Transition> waiting = new ArrayDeque<>();
  private final Set<String> troubles = new HashSet<>();

  Announcer(String provider, GuardListener listener) {
    this.provider = provider;
    this.listener = listener;
  }

  /** Notes a change, to be told. */
  synchronized void note(Transition transition) {
    if (waiting.size() == MAX_WAITING) {
      waiting.removeFirst();
    }
    waiting.addLast(transition);
  }

  private synchronized Optional<Transition> next() {
    return Optional.ofNullable(waiting.pollFirst());
  }

  /** Tells what waits. */
  void tellChanges() {
    for (var next = next(); next.isPresent(); next = next()) {
      listener.changed(provider, next.get());
    }
  }

  /** Tells a trouble, unless it was told and is not {@link #over}. */
  void tellTrouble(String reason) {
    if (isNew(reason)) {
      listener.lookingAfterFailed(provider, reason);
    }
  }

  private synchronized boolean isNew(String reason) {
    return troubles.size() < MAX_TROUBLES && troubles.add(reason);
  }

  /** Notes that it is over: the next time it is told again. */
  synchronized void over(String reason) {
    troubles.remove(reason);
  }
}
