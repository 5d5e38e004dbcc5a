package io.raic.gateway.bench;

import io.raic.gateway.provider.Prices;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was measured of a provider; what was not reached is empty. Rates are in bytes per second.
 *
 * @param id the provider
 * @param operator who runs it, however that is written
 * @param prices what it charges
 * @param small times of objects of 4 KiB
 * @param middle times of objects of 1 MiB
 * @param up rate of one upload
 * @param down rate of one download
 * @param upAtOnce rate of several uploads together
 * @param downAtOnce rate of several downloads together
 * @param failure why not all was measured, in the words of the provider or its driver
 * @param left below which name objects may be left, which somebody has to remove
 */
public record Figures(
    String id,
    String operator,
    Prices prices,
    Times small,
    Times middle,
    OptionalDouble up,
    OptionalDouble down,
    OptionalDouble upAtOnce,
    OptionalDouble downAtOnce,
    Optional<Failure> failure,
    Optional<String> left) {

  /**
   * Times of objects of one size.
   *
   * @param commit from the beginning of a write until the object is durable
   * @param firstByte from asking for an object to its first bytes
   */
  public record Times(Spread commit, Spread firstByte) {}

  /**
   * Why not all was measured.
   *
   * @param what happened
   * @param canPass whether it can go well later without anybody changing anything
   */
  public record Failure(String what, boolean canPass) {}

  /** Says whether enough was measured to count on this provider. */
  public boolean isUsable() {
    return failure.isEmpty() && up.isPresent() && down.isPresent();
  }
}
