package io.raic.crypto.erasure;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The kernels there are, and the one in use: at first the portable one, which is fast at once; the
 * vector one is several times faster, where there is the module it needs, hardware that suits it,
 * and a second of processor time to have it compiled.
 *
 * <p>A server calls {@link #chooseFastest} when it starts, on a thread of its own, and logs what it
 * returns. For any number of threads.
 */
public final class Kernels {
  private static final String MODULE = "jdk.incubator.vector";
  private static final Kernel SCALAR = new ScalarKernel();
  private static final Kernel PORTABLE = new PortableKernel();

  private static volatile Choice choice =
      new Choice(PORTABLE, "portable kernel; whether a vector kernel is faster was not tried");

  /**
   * A kernel in use.
   *
   * @param kernel the kernel
   * @param reason why this one
   */
  private record Choice(Kernel kernel, String reason) {}

  private Kernels() {}

  /** Returns the reference: slow, and plainly right. */
  public static Kernel scalar() {
    return SCALAR;
  }

  /** Returns the fastest one in plain Java. */
  public static Kernel portable() {
    return PORTABLE;
  }

  /** Returns the one that needs the module {@value #MODULE}; empty if Java runs without it. */
  public static Optional<Kernel> vector() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(VectorKernel.INSTANCE);
    } catch (LinkageError _) {
      // An incubating module may change with any release: without it everything still works.
      return Optional.empty();
    }
  }

  /** Returns the kernel that codes made from now on use. */
  public static Kernel current() {
    return choice.kernel();
  }

  /** Says in one sentence for a log which kernel is in use and, if it could be better, how. */
  public static String report() {
    return "erasure code: " + choice.reason();
  }

  /**
   * Makes the vector kernel current if there is one, it gives the right bytes, and it is faster
   * than the portable one on this machine; takes some seconds of processor time.
   *
   * <p>It has to be tried: where the hardware lacks an instruction the vector kernel is a hundred
   * times slower, and nothing but a clock shows it.
   *
   * @param nanoTime a clock in nanoseconds
   * @return what {@link #report} says from now on
   */
  public static String chooseFastest(LongSupplier nanoTime) {
    choice = fastest(nanoTime);
    return report();
  }

  private static Choice fastest(LongSupplier nanoTime) {
    var vector = vector();
    if (vector.isEmpty()) {
      return new Choice(
          PORTABLE, "portable kernel; start Java with --add-modules=" + MODULE + " to go faster");
    }
    Kernel candidate = vector.get();
    if (!KernelTrial.givesRightBytes(candidate::combine)) {
      return new Choice(PORTABLE, "portable kernel; the " + candidate + " one gave wrong bytes");
    }
    if (!KernelTrial.isFaster(candidate::combine, PORTABLE::combine, nanoTime)) {
      return new Choice(PORTABLE, "portable kernel; the " + candidate + " one is slower here");
    }
    return new Choice(candidate, candidate + " kernel");
  }
}
