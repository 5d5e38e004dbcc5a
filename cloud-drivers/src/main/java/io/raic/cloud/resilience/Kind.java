package io.raic.cloud.resilience;

import io.raic.cloud.Operation;
import java.util.List;

/**
 * The kinds of operations that fail together, each with a circuit and connections of its own.
 *
 * <p>There are two, because that is how providers fail: one that is full, read-only, or has lost
 * its majority still reads, and one whose reading fails may still take what is written. More kinds
 * would each have to find out for themselves that a store is dead, at the price of a deadline.
 */
public enum Kind {
  /** Opening and reading, looking up, listing, and asking how full it is. */
  READ,
  /** Beginning, writing, committing, and removing. */
  WRITE;

  /** Returns the kinds that {@code operation} says something about: a probe about both. */
  static List<Kind> of(Operation operation) {
    return switch (operation) {
      case GET, READ, STAT, LIST, CAPACITY -> List.of(READ);
      case BEGIN, WRITE, COMMIT, DELETE -> List.of(WRITE);
      case PROBE -> List.of(READ, WRITE);
    };
  }
}
