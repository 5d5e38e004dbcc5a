package io.raic.gateway.cli;

import io.raic.gateway.bench.Bench;
import io.raic.gateway.bench.Cost;
import io.raic.gateway.bench.Figures;
import io.raic.gateway.bench.Workload;
import io.raic.gateway.provider.Providers;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code raic bench}: measures the providers, and advises on k and n. */
@Command(
    name = "bench",
    header = "Measure the providers, and advise on k and n.",
    description = {
      "%nMeasures what the providers of a gateway started with the same options do for this"
          + " machine, without any gateway: how long small objects and some of 1 MiB take, and how"
          + " fast large ones go, one, four at once, and with all providers at once. Then it tells"
          + " which k and n that speaks for.%n",
      "Objects are put below raic-test/, where no share is, and removed, also after Ctrl-C. It"
          + " tells what that will cost, as far as prices are configured, and asks first. Limits"
          + " that are configured are not kept.%n",
      "Ends with 0 if all providers were measured; if not, with 4 if it can go well later, 1 if"
          + " something has to be changed.%n"
    },
    footer = {"%nExamples:", "  raic bench", "  raic bench --size 64MB --yes --json"})
final class BenchCommand implements Callable<Integer> {
  private static final String DEFAULT_SIZE = "8MB";

  /** How long Ctrl-C waits at most: as long as the removal takes, and one step before it. */
  private static final Duration CLEAN_UP = Duration.ofSeconds(130);

  private final Stdio stdio;
  private final Gateway gateway;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description = {
        "What the large objects have together, at each provider: 1MB to 4GB (default: 8MB).",
      })
  private String size = DEFAULT_SIZE;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--json", description = "Print JSON instead of tables.")
  private boolean json;

  @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();
  @Mixin private final QuietOption quiet = new QuietOption();

  BenchCommand(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var work = new Workload(bytes(size));
    var providers = gateway.configuration(configuration.settings()).providers();
    try (var bench = Bench.open(providers, work, stdio.nanoClock())) {
      announce(work, bench.costs(), providers);
      confirm();
      var result = run(bench);
      if (!result.isWhole()) {
        remarkLeft(result.figures());
        throw new Failure(ExitCode.INTERRUPTED, "stopped: nothing is said of half a measurement");
      }
      if (json) {
        stdio.print(BenchJson.of(result).toPrettyString());
      } else {
        for (String line : BenchText.lines(result)) {
          stdio.print(line);
        }
      }
      remarkLeft(result.figures());
      remarkFailed(result.figures());
      return code(result.figures()).number();
    }
  }

  private static long bytes(String size) throws Failure {
    try {
      long bytes = DataSize.parse(size.toUpperCase(Locale.ROOT)).toBytes();
      if (bytes >= Workload.MIN_LARGE_BYTES && bytes <= Workload.MAX_LARGE_BYTES) {
        return bytes;
      }
    } catch (IllegalArgumentException | ArithmeticException _) {
      // As one that is too large.
    }
    throw Failure.usage("--size is 1MB to 4GB, not " + size);
  }

  private void announce(Workload work, List<Cost> costs, Providers providers) {
    stdio.remark(
        "this puts %d objects, %s, at each of %d providers, reads them, and removes them"
            .formatted(work.objects(), ByteCount.text(work.bytes()), costs.size()));
    for (var cost : costs) {
      stdio.remark(
          "  %s: %d requests that write, %d that read, %s each way: %s"
              .formatted(
                  cost.id(),
                  cost.writes(),
                  cost.reads(),
                  ByteCount.text(cost.bytes()),
                  price(cost)));
    }
    costs.stream()
        .map(Cost::amount)
        .flatMap(Optional::stream)
        .reduce(BigDecimal::add)
        .ifPresent(sum ->
            stdio.remark("  together %s in the currency of the prices".formatted(text(sum))));
    if (providers.areForTrying()) {
      stdio.remark("no provider is named: these are directories on one disk, for trying only");
    }
  }

  private static String price(Cost cost) {
    return cost.amount()
        .map(amount ->
            cost.isWhole()
                ? "costs " + text(amount)
                : "costs %s and what has no price configured".formatted(text(amount)))
        .orElse("no price is configured");
  }

  private static String text(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }

  private void confirm() throws Failure {
    if (yes) {
      return;
    }
    var keyboard =
        stdio
            .keyboard()
            .get()
            .orElseThrow(() -> Failure.usage("nobody can be asked here: give --yes to begin"));
    String answer = keyboard.line("Begin? [y/N] ").strip();
    if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
      throw new Failure(ExitCode.FAILED, "nothing was measured");
    }
  }

  private Bench.Result run(Bench bench) throws Failure {
    try (var progress = quiet.progress(stdio)) {
      progress.expect(bench.bytes());
      return CleanEnd.of("bench", CLEAN_UP, progress::tick, () -> bench.run(progress::advance));
    }
  }

  private void remarkLeft(List<Figures> all) {
    for (var figures : all) {
      figures
          .left()
          .ifPresent(prefix ->
              stdio.remark(
                  "%s: objects below %s may be left there: remove them by hand"
                      .formatted(figures.id(), prefix)));
    }
  }

  private void remarkFailed(List<Figures> all) {
    String failed =
        all.stream()
            .filter(figures -> figures.failure().isPresent())
            .map(figures -> "raic provider test " + figures.id())
            .collect(Collectors.joining(", "));
    if (!failed.isEmpty()) {
      stdio.remark("what is wrong is told by: " + failed);
    }
  }

  private static ExitCode code(List<Figures> all) {
    var failures = all.stream().map(Figures::failure).flatMap(Optional::stream).toList();
    if (failures.isEmpty()) {
      return ExitCode.OK;
    }
    return failures.stream().allMatch(Figures.Failure::canPass)
        ? ExitCode.UNAVAILABLE
        : ExitCode.FAILED;
  }
}
