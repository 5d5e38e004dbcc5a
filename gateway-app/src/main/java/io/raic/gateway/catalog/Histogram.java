package io.raic.gateway.catalog;

import java.util.List;
import java.util.function.Predicate;

/**
 * How many files have how many good shares.
 *
 * @param bins one for each k, n and number of good shares that any file has
 */
public record Histogram(List<Bin> bins) {
  /**
   * Files that are alike.
   *
   * @param needed shares that rebuild each
   * @param total shares that were made of each
   * @param good different shares that are good of each
   * @param files how many, and the bytes stored in them
   */
  public record Bin(int needed, int total, int good, Amount files) {
    /** Returns how far they are from being lost. */
    public Redundancy redundancy() {
      return Redundancy.of(needed, total, good);
    }
  }

  /** Copies the list. */
  public Histogram {
    bins = List.copyOf(bins);
  }

  /** Returns all files. */
  public Amount all() {
    return sum(_ -> true);
  }

  /** Returns the files of one kind; those that are critical or lost are the bytes at risk. */
  public Amount of(Redundancy kind) {
    return sum(bin -> bin.redundancy() == kind);
  }

  private Amount sum(Predicate<Bin> which) {
    return bins.stream().filter(which).map(Bin::files).reduce(Amount.NONE, Amount::plus);
  }
}
