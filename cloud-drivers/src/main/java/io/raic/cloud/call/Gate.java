package io.raic.cloud.call;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;

/** Lets calls into a store until it is closed, unless they are over already. For any thread. */
public final class Gate {
  private final String backend;
  private volatile boolean closed;

  /** Makes an open gate of the store with this id. */
  public Gate(String backend) {
    this.backend = backend;
  }

  /**
   * Lets a call pass.
   *
   * @throws BackendException.Unavailable if the store is closed, the thread interrupted, or the
   *     deadline over
   */
  public void enter(Operation operation, Deadline deadline) {
    if (closed) {
      throw unavailable(operation, "the store is closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw unavailable(operation, "interrupted");
    }
    if (deadline.isOver()) {
      throw unavailable(operation, "the deadline is over");
    }
  }

  /** Says whether no call is let in any more. */
  public boolean isClosed() {
    return closed;
  }

  /** Lets no call in any more. */
  public void close() {
    closed = true;
  }

  private BackendException unavailable(Operation operation, String why) {
    return new BackendException.Unavailable(Request.of(backend, operation), why);
  }
}
