package io.raic.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Tells how much of a processor an iteration had: where others use the machine too, a rate per
 * second of it can be compared, and one per second of the clock cannot.
 */
public final class ProcessorTime implements InternalProfiler {
  static final String LABEL = "processors";

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private long startNanos;
  private long startProcessorNanos;

  @Override
  public String getDescription() {
    return "processors in use by this process";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    startNanos = System.nanoTime();
    startProcessorNanos = system.getProcessCpuTime();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double processor = system.getProcessCpuTime() - startProcessorNanos;
    double clock = System.nanoTime() - startNanos;
    return List.of(new ScalarResult(LABEL, processor / clock, "", AggregationPolicy.AVG));
  }
}
