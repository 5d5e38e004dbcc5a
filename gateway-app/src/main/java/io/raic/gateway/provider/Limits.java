package io.raic.gateway.provider;

import io.raic.cloud.Deadline;
import io.raic.cloud.resilience.ProviderLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.util.unit.DataSize;

/**
 * What the gateway may ask of a provider; all more than nothing, and no limit where none is given.
 *
 * @param bytesPerSecond both ways together
 * @param requestsPerSecond on average
 * @param requestsPerMonth in a calendar month
 * @param maxBytes kept there at once
 * @param connections at once
 */
public record Limits(
    Optional<Long> bytesPerSecond,
    Optional<Double> requestsPerSecond,
    Optional<Long> requestsPerMonth,
    Optional<Long> maxBytes,
    Optional<Integer> connections) {
  /** The names of all limits, in the order of the components. */
  public static final List<String> NAMES =
      List.of("bandwidth", "requests-per-second", "requests-per-month", "max-bytes", "connections");

  /** More connections to one provider than this are a mistake. */
  public static final int MAX_CONNECTIONS = 10_000;

  private static final double MIN_RATE = 0.01;

  private static final Pattern SIZE = Pattern.compile("(?i)[0-9]{1,15} ?(B|KB|MB|GB|TB)?");
  private static final Pattern RATE = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6})?");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,15}");

  static Limits read(Group given) {
    return new Limits(
        given.find(NAMES.get(0), "a size per second like 20MB, at least 16KB", Limits::perSecond),
        given.find(NAMES.get(1), "a number like 50 or 0.5, from 0.01 on", Limits::rate),
        given.find(NAMES.get(2), "a whole number from 1 on", Limits::count),
        given.find(NAMES.get(3), "a size like 500GB", Limits::size),
        given.find(
            NAMES.get(4), "a whole number from 1 to " + MAX_CONNECTIONS, Limits::connections));
  }

  private static long perSecond(String text) {
    long bytes = size(text.replaceFirst("(?i) ?/ ?s$", ""));
    if (bytes < Deadline.MIN_BYTES_PER_SECOND) {
      throw new IllegalArgumentException("as good as nothing");
    }
    return bytes;
  }

  private static long size(String text) {
    try {
      return positive(DataSize.parse(matching(SIZE, text).toUpperCase(Locale.ROOT)).toBytes());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("too much", e);
    }
  }

  private static double rate(String text) {
    double rate = Double.parseDouble(matching(RATE, text));
    if (rate < MIN_RATE) {
      throw new IllegalArgumentException("as good as nothing");
    }
    return rate;
  }

  private static long count(String text) {
    return positive(Long.parseLong(matching(COUNT, text)));
  }

  private static int connections(String text) {
    long count = count(text);
    if (count > MAX_CONNECTIONS) {
      throw new IllegalArgumentException("too many");
    }
    return (int) count;
  }

  private static String matching(Pattern pattern, String text) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("no number");
    }
    return text;
  }

  private static long positive(long number) {
    if (number < 1) {
      throw new IllegalArgumentException("nothing");
    }
    return number;
  }

  /** Returns them as what guards a provider takes them. */
  public ProviderLimits asked() {
    return new ProviderLimits(
        connections.orElse(ProviderLimits.DEFAULT_CONNECTIONS),
        requestsPerSecond.stream().mapToDouble(rate -> rate).findFirst(),
        bytesPerSecond.stream().mapToLong(bytes -> bytes).findFirst(),
        requestsPerMonth.stream().mapToLong(count -> count).findFirst(),
        maxBytes.stream().mapToLong(bytes -> bytes).findFirst());
  }

  /** Returns those that are set, by name, sizes as bytes. */
  public Map<String, String> words() {
    var words = new LinkedHashMap<String, String>();
    bytesPerSecond.ifPresent(bytes -> words.put(NAMES.get(0), bytes + "B"));
    requestsPerSecond.ifPresent(rate -> words.put(NAMES.get(1), rate.toString()));
    requestsPerMonth.ifPresent(count -> words.put(NAMES.get(2), count.toString()));
    maxBytes.ifPresent(bytes -> words.put(NAMES.get(3), bytes + "B"));
    connections.ifPresent(count -> words.put(NAMES.get(4), count.toString()));
    return words;
  }
}
