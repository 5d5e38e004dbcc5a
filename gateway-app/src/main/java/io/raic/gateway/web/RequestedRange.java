package io.raic.gateway.web;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of a file that a {@code Range} header asks for (RFC 9110 §14): of several only the first
 * is served, and what cannot be read is ignored.
 */
public sealed interface RequestedRange {
  /** A header of one or more ranges; digits so few that they fit a long. */
  Pattern FIRST = Pattern.compile("\\s*bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*(?:,.*)?");

  /** All of the file. */
  record Whole() implements RequestedRange {}

  /**
   * A part of it.
   *
   * @param offset of its first byte
   * @param length how many bytes it has, at least 1
   */
  record Part(long offset, long length) implements RequestedRange {}

  /** Bytes that the file does not have. */
  record Unsatisfiable() implements RequestedRange {}

  /** Reads the header {@code range} of a request for a file of {@code size} bytes. */
  static RequestedRange of(Optional<String> range, long size) {
    var match = range.map(FIRST::matcher).filter(m -> m.matches());
    if (match.isEmpty()) {
      return new Whole();
    }
    String first = match.get().group(1);
    String last = match.get().group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new Whole() : suffix(Long.parseLong(last), size);
    }
    long offset = Long.parseLong(first);
    long end = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    if (end < offset) {
      return new Whole();
    }
    return offset >= size
        ? new Unsatisfiable()
        : new Part(offset, Math.min(end, size - 1) - offset + 1);
  }

  private static RequestedRange suffix(long length, long size) {
    if (length == 0 || size == 0) {
      return new Unsatisfiable();
    }
    long part = Math.min(length, size);
    return new Part(size - part, part);
  }
}
