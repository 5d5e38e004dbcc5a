package io.raic.gateway.admin;

import java.util.HashMap;
import java.util.Map;

/** Who listens to what is new: not too many, and no user so many that others cannot. */
final class Listeners {
  static final int MAX = 100;
  static final int MAX_OF_USER = 8;

  private final Map<String, Integer> ofUser = new HashMap<>();
  private int all;

  /** Says whether {@code user} may listen once more; then {@link #leave} has to follow. */
  synchronized boolean enter(String user) {
    int now = ofUser.getOrDefault(user, 0);
    if (all == MAX || now == MAX_OF_USER) {
      return false;
    }
    ofUser.put(user, now + 1);
    all++;
    return true;
  }

  synchronized void leave(String user) {
    int left = ofUser.getOrDefault(user, 0) - 1;
    if (left > 0) {
      ofUser.put(user, left);
    } else {
      ofUser.remove(user);
    }
    all--;
  }
}
