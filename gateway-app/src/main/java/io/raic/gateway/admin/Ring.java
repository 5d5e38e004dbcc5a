package io.raic.gateway.admin;

import java.util.ArrayDeque;
import java.util.List;

/** The last few of many things. For any thread. */
final class Ring<T> {
  private final int capacity;
  private final ArrayDeque<T> items = new ArrayDeque<>();

  Ring(int capacity) {
    this.capacity = capacity;
  }

  synchronized void add(T item) {
    if (items.size() == capacity) {
      items.removeFirst();
    }
    items.addLast(item);
  }

  /** Returns them, the oldest first. */
  synchronized List<T> list() {
    return List.copyOf(items);
  }
}
