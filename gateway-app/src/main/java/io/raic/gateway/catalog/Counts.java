package io.raic.gateway.catalog;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Changes of the catalog's sums, gathered while a transaction goes on. For one thread. */
final class Counts {
  static final String FILE = "file";
  static final String STORE = "store";
  static final String HELD = "held";

  /** Files that are alike. */
  record Bin(int needed, int total, int good) {}

  /** A row of sums. */
  record Key(String kind, String name, Bin bin, int leftOver) {}

  private static final Bin ALL = new Bin(0, 0, 0);

  private final Map<Key, Amount> changes =
      new TreeMap<>(
          Comparator.comparing(Key::kind)
              .thenComparing(Key::name)
              .thenComparingInt(key -> key.bin().needed())
              .thenComparingInt(key -> key.bin().total())
              .thenComparingInt(key -> key.bin().good())
              .thenComparingInt(Key::leftOver));

  void addFile(String token, Bin bin, int times, long bytes) {
    add(new Key(FILE, token, bin, 0), new Amount(times, times * bytes));
  }

  void addStore(String store, Bin bin, int leftOver, int times, long bytes) {
    add(new Key(STORE, store, bin, leftOver), new Amount(times, times * bytes));
  }

  void addHeld(String store, Amount amount, int times) {
    add(new Key(HELD, store, ALL, 0), new Amount(times * amount.items(), times * amount.bytes()));
  }

  private void add(Key key, Amount amount) {
    var sum = changes.merge(key, amount, Amount::plus);
    if (sum.equals(Amount.NONE)) {
      changes.remove(key);
    }
  }

  /** Returns what is to be added to which sum; nothing of it is nothing. */
  Map<Key, Amount> changes() {
    return changes;
  }
}
