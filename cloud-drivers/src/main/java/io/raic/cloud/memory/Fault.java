package io.raic.cloud.memory;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** One way in which a call goes wrong. */
public sealed interface Fault {
  /** Something that comes before the answer, or in its place. */
  sealed interface Stop extends Fault {}

  /**
   * The call takes longer, and fails at its deadline if that is sooner.
   *
   * @param duration how much longer
   */
  record Delay(Duration duration) implements Stop {}

  /** The call gets no answer and fails at its deadline. */
  record Hang() implements Stop {}

  /**
   * The call waits until the test lets it go on, and fails at its deadline if that is sooner.
   *
   * @param gate at zero once it may go on
   */
  record Hold(CountDownLatch gate) implements Stop {}

  /**
   * The call fails and changes nothing.
   *
   * @param error makes the exception for what was asked
   */
  record Fail(Function<Request, BackendException> error) implements Stop {}

  /**
   * A stream works for a number of its bytes and stops then. Set for {@link Operation#GET} or
   * {@link Operation#BEGIN} it goes with the stream that the call opens; set for {@link
   * Operation#READ} or {@link Operation#WRITE} it holds for every stream.
   *
   * @param bytes those that still pass, counted from the beginning of the stream
   * @param then what happens to each step after that
   */
  record After(long bytes, Stop then) implements Fault {
    /** Checks the number. */
    public After {
      if (bytes < 0) {
        throw new IllegalArgumentException("a fault after %d bytes".formatted(bytes));
      }
    }
  }

  /**
   * Bytes arrive with all their bits turned over: set for {@link Operation#GET} or {@link
   * Operation#READ} those that are read, for {@link Operation#BEGIN} or {@link Operation#WRITE}
   * those that are stored.
   *
   * @param range the bytes, counted in the object
   */
  record Flip(ByteRange range) implements Fault {}

  /**
   * The answer is the one from before the last change of each object: the version before, or none
   * where it was created, or the object where it was deleted.
   */
  record Stale() implements Fault {}

  /** The call does its work, and {@link BackendException.Unavailable} is all the caller sees. */
  record LostAck() implements Fault {}

  /** Returns the failure of a store that is down. */
  static Fail unavailable() {
    return new Fail(request -> new BackendException.Unavailable(request, "made to fail"));
  }

  /** Returns the failure of a store that wants fewer requests. */
  static Fail throttled(Duration retryAfter) {
    return new Fail(
        request -> new BackendException.Throttled(request, "made to throttle", retryAfter));
  }

  /** Returns the failure of a store that refuses. */
  static Fail accessDenied() {
    return new Fail(request -> new BackendException.AccessDenied(request, "made to refuse"));
  }

  /** Returns the failure of a store that is full. */
  static Fail outOfSpace() {
    return new Fail(request -> new BackendException.OutOfSpace(request, "made to be full"));
  }

  /** Returns the fault of a body that ends after {@code bytes} though more were announced. */
  static After truncated(long bytes) {
    return new After(
        bytes, new Fail(request -> new BackendException.Corrupt(request, "the body ended early")));
  }

  /** Returns the fault of a body in which every byte is wrong. */
  static Flip garbled() {
    return new Flip(ByteRange.ALL);
  }

  /** Returns the calls that this can happen to. */
  default Set<Operation> operations() {
    return switch (this) {
      case Stop _, LostAck _ -> EnumSet.allOf(Operation.class);
      case After _, Flip _ ->
          EnumSet.of(Operation.BEGIN, Operation.WRITE, Operation.GET, Operation.READ);
      case Stale _ -> EnumSet.of(Operation.GET, Operation.STAT, Operation.LIST);
    };
  }
}
