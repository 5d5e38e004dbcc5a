package io.raic.gateway.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * What happened, in order: a fingerprint of all of it, and its last lines. For the strand that
 * runs.
 */
final class Trace {
  private static final int KEPT_LINES = 400;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long FNV_START = 0xcbf29ce484222325L;

  private final Consumer<String> listener;
  private final Deque<String> last = new ArrayDeque<>();
  private long fingerprint = FNV_START;

  /** Tells {@code listener} each line. */
  Trace(Consumer<String> listener) {
    this.listener = listener;
  }

  void line(long nanos, String strand, String what) {
    String line = "%13.6f %s: %s".formatted(nanos / 1e9, strand, what);
    for (byte b : line.getBytes(UTF_8)) {
      mix(b);
    }
    last.addLast(line);
    if (last.size() > KEPT_LINES) {
      last.removeFirst();
    }
    listener.accept(line);
  }

  /** Counts a number that no line tells of. */
  void mix(long number) {
    fingerprint = (fingerprint ^ number) * FNV_PRIME;
  }

  /** Returns what is the same for the same events only. */
  String fingerprint() {
    return HexFormat.of().toHexDigits(fingerprint);
  }

  String lastLines() {
    return String.join("\n", last);
  }
}
