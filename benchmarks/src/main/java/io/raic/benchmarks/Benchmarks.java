package io.raic.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and prints a table in GB/s: 10^9 bytes of the file that was uploaded or
 * downloaded, whatever is made of it.
 *
 * <p>JMH counts segments a second, and batches of hashes, of which all bytes hashed count; the rest
 * is multiplication. "Per processor" is per second that the process had a processor, which is more
 * than per second of the clock on a busy machine.
 */
public final class Benchmarks {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** The JIT compiler is not done with the ciphers and the vector code before. */
  private static final TimeValue WARM_UP = TimeValue.seconds(10);

  private static final TimeValue MEASUREMENT = TimeValue.seconds(2);
  private static final int MEASUREMENTS = 5;
  private static final int FORKS = 2;

  private Benchmarks() {}

  /**
   * Runs what the regular expressions in {@code args} match, or everything.
   *
   * @param args regular expressions for JMH
   */
  public static void main(String[] args) throws RunnerException {
    var results = new ArrayList<RunResult>();
    for (String kernel : List.of("vector", "portable", "scalar")) {
      var options = options(args, "ErasureBenchmark").param("kernel", kernel);
      results.addAll(run(kernel.equals("vector") ? options.jvmArgsAppend(MODULE) : options));
    }
    for (String kernel : List.of("vector", "portable")) {
      var options = options(args, "HashBenchmark|FileBenchmark").param("kernel", kernel);
      results.addAll(run(kernel.equals("vector") ? options.jvmArgsAppend(MODULE) : options));
    }
    results.addAll(run(options(args, "PrimitiveBenchmark")));
    if (results.isEmpty()) {
      throw new IllegalArgumentException("no benchmark matches " + String.join(" ", args));
    }
    System.out.println();
    System.out.println("| benchmark | kernel | of | segment | GB/s | ± | per processor |");
    System.out.println("|---|---|---|---|---|---|---|");
    results.forEach(Benchmarks::print);
  }

  private static ChainedOptionsBuilder options(String[] args, String classes) {
    var options =
        new OptionsBuilder()
            .mode(Mode.Throughput)
            .timeUnit(TimeUnit.SECONDS)
            .threads(1)
            .forks(FORKS)
            .warmupIterations(1)
            .warmupTime(WARM_UP)
            .measurementIterations(MEASUREMENTS)
            .measurementTime(MEASUREMENT)
            .addProfiler(ProcessorTime.class)
            .jvmArgs("-Xms1g", "-Xmx1g");
    for (String arg : args.length == 0 ? new String[] {""} : args) {
      options.include("(" + classes + ").*" + arg);
    }
    return options;
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    try {
      return new Runner(options.build()).run();
    } catch (NoBenchmarksException _) {
      return List.of();
    }
  }

  private static void print(RunResult result) {
    var params = result.getParams();
    var score = result.getPrimaryResult();
    var processors = Objects.requireNonNull(result.getSecondaryResults().get(ProcessorTime.LABEL));
    int segmentBytes = Integer.parseInt(params.getParam("segmentBytes"));
    double bytes =
        params.getParamsKeys().contains("batch")
            ? HashBenchmark.bytes(params.getParam("batch"), segmentBytes)
            : segmentBytes;
    String name = params.getBenchmark().replaceFirst(".*\\.(\\w+)Benchmark\\.", "$1 ");
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %d KiB | %.2f | %.2f | %.2f |%n",
        name,
        params.getParamsKeys().contains("kernel") ? params.getParam("kernel") : "",
        what(params),
        segmentBytes >> 10,
        score.getScore() * bytes / 1e9,
        score.getScoreError() * bytes / 1e9,
        score.getScore() * bytes / 1e9 / processors.getScore());
  }

  private static String what(BenchmarkParams params) {
    for (String name : List.of("code", "batch", "depth")) {
      if (params.getParamsKeys().contains(name)) {
        return name + " " + params.getParam(name);
      }
    }
    return "";
  }
}
