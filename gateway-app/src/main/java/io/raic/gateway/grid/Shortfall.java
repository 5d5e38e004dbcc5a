package io.raic.gateway.grid;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.raic.crypto.capability.Capabilities;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A file that was acknowledged with fewer shares than all.
 *
 * @param cap of the file
 * @param shares those that were missing then
 * @param stores the ids of those that had not stored theirs
 * @param since when it was stored
 */
public record Shortfall(VerifyCap cap, Set<Integer> shares, Set<String> stores, Instant since) {
  private static final String SHORT = "short";
  private static final String GONE = "whole";
  private static final int FIELDS = 6;

  /** Copies the sets. */
  public Shortfall {
    shares = Set.copyOf(shares);
    stores = Set.copyOf(stores);
  }

  /**
   * Returns it as a line: {@code short}, when, the shares, the stores, the verify cap, and a check
   * of all that, so that a line that was cut off is no other one.
   */
  String line() {
    return checked(
        String.join(
            " ",
            SHORT,
            Long.toString(since.getEpochSecond()),
            new TreeSet<>(shares).stream().map(String::valueOf).collect(Collectors.joining(",")),
            // A store's name has neither commas nor spaces; there may be none.
            "," + String.join(",", new TreeSet<>(stores)),
            cap.reveal()));
  }

  /** Returns the line that takes the file {@code index} off the list. */
  static String goneLine(StorageIndex index) {
    return checked(GONE + " " + index.text());
  }

  /** Reads a {@link #line}; empty if it is another or none. */
  static Optional<Shortfall> parse(String line) {
    var fields = fields(line, SHORT, FIELDS);
    try {
      return fields.isEmpty() || !(Capabilities.parse(fields.get(4)) instanceof VerifyCap cap)
          ? Optional.empty()
          : Optional.of(
              new Shortfall(
                  cap,
                  split(fields.get(2)).map(Integer::valueOf).collect(Collectors.toSet()),
                  split(fields.get(3)).collect(Collectors.toSet()),
                  Instant.ofEpochSecond(Long.parseLong(fields.get(1)))));
    } catch (IllegalArgumentException | DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Reads a {@link #goneLine}; empty if it is another or none. */
  static Optional<StorageIndex> parseGone(String line) {
    var fields = fields(line, GONE, 3);
    try {
      return fields.isEmpty() ? Optional.empty() : Optional.of(StorageIndex.parse(fields.get(1)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Stream<String> split(String list) {
    return Stream.of(list.split(",", -1)).filter(part -> !part.isEmpty());
  }

  /** Returns the fields of a line of a kind; none if it is another, or not as it was written. */
  private static List<String> fields(String line, String kind, int count) {
    var fields = List.of(line.split(" ", -1));
    int end = line.lastIndexOf(' ');
    return fields.size() == count
            && fields.getFirst().equals(kind)
            && fields.getLast().equals(check(line.substring(0, end)))
        ? fields
        : List.of();
  }

  private static String checked(String text) {
    return text + " " + check(text) + "\n";
  }

  private static String check(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(US_ASCII));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
