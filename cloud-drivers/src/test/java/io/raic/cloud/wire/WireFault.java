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
   * The other end is gone without a word, as after a power cut: of a connection that has sent this
   * much nothing is read any more, and nothing is answered. What is sent after that fills the
   * buffers on its way, and then waits. Such a connection stays dead when the fault is over.
   *
   * @param bytes of the request that still arrive
   */
  record VanishInRequest(long bytes) implements WireFault {}

  /**
   * The same in the middle of an answer.
   *
   * @param bytes of the answer that still arrive
   */
  record VanishInAnswer(long bytes) implements WireFault {}

  /**
   * Answers arrive a byte at a time.
   *
   * @param bytes of the answer that arrive as ever
   * @param pause between two bytes after those
   */
  record Trickle(long bytes, Duration pause) implements WireFault {}

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
