package io.raic.cloud.parts;

import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Operation;

/**
 * Where the parts of one object go: what a driver does for an upload. Each method is called again
 * by nobody: it retries what can be retried, which it can because it has all the bytes.
 */
public interface PartTarget {
  /**
   * What is sent in one request.
   *
   * @param number of the part, from 0 on
   * @param offset in the object, of its first byte
   * @param data begins with the bytes; the target's only until it returns, and not to be changed
   * @param length how many they are
   * @param progress to be told, by any thread, how many of them have gone on their way; starting
   *     again from the first is told by a lower number
   */
  // An array: nobody compares parts, and a copy of each would cost what the class is there to save.
  @SuppressWarnings("ArrayRecordComponent")
  record Part(int number, long offset, byte[] data, int length, Progress progress) {}

  /** Is told how far a part is. */
  @FunctionalInterface
  interface Progress {
    /** Takes note of the bytes of the part that were sent. */
    void sent(int bytes);
  }

  /** Fails if the store is closed, the thread interrupted, or the deadline over. */
  void enter(Operation operation, Deadline deadline);

  /** Stores the whole object, durable and visible. */
  ObjectInfo putWhole(Part whole, Deadline deadline);

  /** Sends a part, not the last one. The first one begins whatever has to be begun. */
  void putPart(Part part, Deadline deadline);

  /** Sends the last part, and makes the object durable and visible as a whole. */
  ObjectInfo complete(Part last, Deadline deadline);

  /** Removes what was sent, as well as that can be done soon; does not fail. */
  void abandon();
}
