package io.raic.gateway.provider;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a provider charges, in a currency that is the same for all; never less than nothing.
 *
 * @param storageGbMonth for a gigabyte kept for a month
 * @param egressGb for a gigabyte read
 * @param put1000 for a thousand writes
 * @param get1000 for a thousand reads
 */
public record Prices(
    Optional<BigDecimal> storageGbMonth,
    Optional<BigDecimal> egressGb,
    Optional<BigDecimal> put1000,
    Optional<BigDecimal> get1000) {
  /** The names of all prices, in the order of the components. */
  public static final List<String> NAMES =
      List.of("storage-gb-month", "egress-gb", "put-1000", "get-1000");

  /**
   * No more digits than these: a number with an exponent could be of any length. YAML makes 4.0E-4
   * of 0.0004.
   */
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?(E-[1-9])?");

  static Prices read(Group given) {
    return new Prices(
        price(given, NAMES.get(0)),
        price(given, NAMES.get(1)),
        price(given, NAMES.get(2)),
        price(given, NAMES.get(3)));
  }

  private static Optional<BigDecimal> price(Group given, String name) {
    return given.find(
        name,
        "a price like 0.023",
        text -> {
          if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("no decimal number");
          }
          return new BigDecimal(text);
        });
  }

  /** Returns those that are known, by name, as numbers. */
  public Map<String, String> words() {
    var words = new LinkedHashMap<String, String>();
    var prices = List.of(storageGbMonth, egressGb, put1000, get1000);
    for (int i = 0; i < prices.size(); i++) {
      String name = NAMES.get(i);
      prices.get(i).ifPresent(price -> words.put(name, price.toPlainString()));
    }
    return words;
  }
}
