package io.raic.cloud.wire;

import java.time.Duration;

/**
 * What happens to the bytes between a driver and its server. Bytes are counted for each connection
 * from the moment the fault is set, or the connection made.
 */
public sealed interface WireFault {
  /** Nothing happens. */
  record None() implements WireFault {}

  /**
   * Each piece arrives later, both ways.
   *
   * @param time how much
   */
  record Latency(Duration time) implements WireFault {}

  /**
   * The connection is reset in an answer.
   *
   * @param bytes of the answer that still arrive
   */
  record ResetAnswer(long bytes) implements WireFault {}

  /**
   * The connection is reset in a request.
   *
   * @param bytes of the request that still arrive
   */
  record ResetRequest(long bytes) implements WireFault {}

  /**
   * The connection ends in an answer, as if that were all.
   *
   * @param bytes of the answer that still arrive
   */
  record Truncate(long bytes) implements WireFault {}

  /**
   * Nothing of an answer arrives any more, and the connection stays open.
   *
   * @param bytes of the answer that still arrive
   */
  record Stall(long bytes) implements WireFault {}

  /**
   * Answers arrive a byte at a time.
   *
   * @param pause between two bytes
   */
  record Trickle(Duration pause) implements WireFault {}

  /**
   * In place of the server's answer to a request comes this text, and the connection ends. The
   * server never hears of the request.
   *
   * @param text the whole answer
   * @param times how many requests are answered so; those after them pass
   */
  record Answer(String text, int times) implements WireFault {
    /** Returns an answer with a status and a header that tells when to come back. */
    public static Answer status(int status, String retryAfter, int times) {
      return new Answer(
          """
          HTTP/1.1 %d Made Up\r
          Content-Length: 0\r
          Retry-After: %s\r
          Connection: close\r
          \r
          """
              .formatted(status, retryAfter),
          times);
    }
  }
}
