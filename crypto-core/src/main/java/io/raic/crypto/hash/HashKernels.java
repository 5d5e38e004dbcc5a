package io.raic.crypto.hash;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a {@link HashBatch} hashes with: at first Java's own SHA-256, one message after the other;
 * {@value LaneKernel#LANES} messages at once where there is the module it needs, hardware that
 * suits it, and a second of processor time to have it compiled.
 *
 * <p>For any number of threads.
 */
public final class HashKernels {
  private static final String MODULE = "jdk.incubator.vector";

  private static volatile Choice choice = alone("whether several at once are faster was not tried");

  /**
   * A kernel that may be used.
   *
   * @param kernel makes one for a thread
   * @param costs what tells when it pays
   */
  record Lanes(Supplier<LaneKernel> kernel, HashCosts costs) {}

  /**
   * What is in use.
   *
   * @param lanes empty if nothing but Java's own SHA-256
   * @param reason why
   */
  private record Choice(Optional<Lanes> lanes, String reason) {}

  private HashKernels() {}

  private static Choice alone(String why) {
    return new Choice(Optional.empty(), "one message after the other; " + why);
  }

  static Optional<Lanes> current() {
    return choice.lanes();
  }

  /** Returns what makes vector kernels; empty without the module, or vectors long enough. */
  static Optional<Supplier<LaneKernel>> vector() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return Optional.empty();
    }
    try {
      return VectorSha256.suitsMachine() ? Optional.of(VectorSha256::new) : Optional.empty();
    } catch (LinkageError _) {
      // An incubating module may change with any release: without it everything still works.
      return Optional.empty();
    }
  }

  /** Says in one sentence for a log what is in use and, if it could be better, how. */
  public static String report() {
    return "hashes: " + choice.reason();
  }

  /**
   * Has batches use lanes from now on if there are any, they give the right bytes, and they are
   * faster on this machine; takes a second or two of processor time.
   *
   * <p>From how many messages on lanes pay is measured too: it depends on whether the processor has
   * instructions for SHA-256, and how fast they are.
   *
   * @param nanoTime a clock in nanoseconds
   * @return what {@link #report} says from now on
   */
  public static String chooseFastest(LongSupplier nanoTime) {
    choice = fastest(nanoTime);
    return report();
  }

  private static Choice fastest(LongSupplier nanoTime) {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return alone("start Java with --add-modules=" + MODULE + " to go faster");
    }
    var vector = vector();
    if (vector.isEmpty()) {
      return alone("this machine has no vectors of 512 bits");
    }
    Supplier<LaneKernel> candidate = vector.get();
    if (!HashTrial.givesRightBytes(candidate)) {
      return alone("several at once gave wrong hashes");
    }
    return new HashTrial(candidate.get(), nanoTime)
        .costs()
        .map(costs -> lanes(candidate, costs))
        .orElseGet(() -> alone("several at once are slower here"));
  }

  private static Choice lanes(Supplier<LaneKernel> kernel, HashCosts costs) {
    return new Choice(
        Optional.of(new Lanes(kernel, costs)),
        "%d messages at once, from %d long ones on"
            .formatted(LaneKernel.LANES, costs.leastMessages(HashTrial.LONG_BLOCKS)));
  }
}
