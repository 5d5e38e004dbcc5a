package io.raic.benchmarks.drivers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Moves objects for a while and prints what that cost this process: user and system time of all its
 * threads, so with what the JIT compiler and the garbage collector take.
 */
final class Client {
  /** The JIT compiler is not done before. */
  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final int ROUNDS = 7;
  private static final double GIB = 1L << 30;

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Client() {}

  /**
   * Prints, for PUT and for GET, the median, the least and the most of the rounds.
   *
   * @param args the name of the {@link Subject}, and the port of its sink
   */
  public static void main(String[] args) throws Exception {
    var address = URI.create("http://127.0.0.1:" + args[1]);
    // On a virtual thread, as all of the gateway's transfers are.
    var task = new FutureTask<>(() -> measure(Subject.named(args[0]), address));
    Thread.ofVirtual().start(task);
    System.out.println(task.get());
    System.exit(0);
  }

  private static String measure(Subject subject, URI address) throws Exception {
    try (var workload = subject.open(address)) {
      return rounds(() -> {
        workload.put();
        return true;
      })
          + " "
          + rounds(() -> {
            workload.get();
            return true;
          });
    }
  }

  private static String rounds(Callable<Boolean> step) throws Exception {
    costs(step, WARM_UP_NANOS);
    var costs = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      costs[round] = costs(step, ROUND_NANOS);
    }
    Arrays.sort(costs);
    return String.format(
        Locale.ROOT, "%.3f %.3f %.3f", costs[ROUNDS / 2], costs[0], costs[ROUNDS - 1]);
  }

  /** Returns core-seconds per GiB. */
  private static double costs(Callable<Boolean> step, long nanos) throws Exception {
    long processor = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    long bytes = 0;
    while (System.nanoTime() - start < nanos && step.call()) {
      bytes += Workload.OBJECT_BYTES;
    }
    return (SYSTEM.getProcessCpuTime() - processor) / 1e9 / (bytes / GIB);
  }
}
