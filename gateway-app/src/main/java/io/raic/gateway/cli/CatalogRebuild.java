package io.raic.gateway.cli;

import io.raic.gateway.audit.Outcome;
import io.raic.gateway.catalog.Rebuild;
import io.raic.gateway.schedule.VirtualThreads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code raic catalog rebuild}: makes the catalog again from what the providers list. */
@Command(
    name = "rebuild",
    header = "Make the list of stored files again.",
    description = {
      "%nLists all providers, adds files that the catalog does not have, of which it reads the end of"
          + " one share each, and notes where shares are, and where they are not any more. Who stored"
          + " a file, and when, stays as it was, or unknown. A gateway may run. If it is interrupted,"
          + " begin again: what was read is not read again.%n"
    },
    footer = {"%nExamples:", "  raic catalog rebuild", "  raic catalog rebuild --no-read"})
final class CatalogRebuild implements Callable<Integer> {
  private static final Duration STEP = Duration.ofSeconds(30);
  private static final Duration CLEAN_UP = Duration.ofSeconds(20);

  private final Stdio stdio;
  private final Gateway gateway;

  @Option(
      names = "--no-read",
      description = "Read no share: files that the catalog does not have are left out.")
  private boolean noRead;

  @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();
  @Mixin private final QuietOption quiet = new QuietOption();

  CatalogRebuild(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var settings = configuration.settings();
    var providers = gateway.configuration(settings).providers();
    try (var database = gateway.database(settings);
        var open = providers.open()) {
      var scheduler = new VirtualThreads();
      var rebuild = new Rebuild(database, open.stores(), STEP, scheduler, InstantSource.system());
      var audit = OpenedDatabase.audit(database);
      String subject = noRead ? "without reading" : "all";
      audit.append(OpenedDatabase.actor(), "catalog.rebuild", subject, Outcome.DONE);
      boolean isDone = false;
      try {
        var code = report(run(rebuild));
        isDone = code == ExitCode.OK;
        return code.number();
      } finally {
        if (!isDone) {
          audit.append(
              OpenedDatabase.actor(), "catalog.rebuild", subject + ", not whole", Outcome.FAILED);
        }
      }
    }
  }

  private Rebuild.Outcome run(Rebuild rebuild) throws Failure {
    var objects = new AtomicLong();
    try (var progress = quiet.progress(stdio)) {
      Optional<Rebuild.Outcome> outcome =
          CleanEnd.of(
              "rebuild",
              CLEAN_UP,
              progress::tick,
              () -> {
                try {
                  return Optional.of(
                      rebuild.run(
                          !noRead,
                          more ->
                              progress.waitingFor(
                                  "for providers: %d objects".formatted(objects.addAndGet(more)))));
                } catch (InterruptedException _) {
                  return Optional.empty();
                }
              });
      return outcome.orElseThrow(
          () -> new Failure(ExitCode.INTERRUPTED, "stopped: begin again, and it goes on"));
    }
  }

  private ExitCode report(Rebuild.Outcome outcome) throws Failure {
    double seconds = Math.max(1, outcome.nanos()) / 1e9;
    stdio.print(
        "%d objects of %d files, %d of them new, in %.1f s: %.0f objects/s"
            .formatted(
                outcome.objects(),
                outcome.files(),
                outcome.added(),
                seconds,
                outcome.objects() / seconds));
    if (outcome.gone() > 0) {
      stdio.remark("%d files of the catalog were listed nowhere".formatted(outcome.gone()));
    }
    if (outcome.unread() > 0) {
      stdio.remark("%d files were not read, and are left out".formatted(outcome.unread()));
    }
    if (outcome.leftovers() > 0) {
      stdio.remark(
          "%d files have too few shares, left by uploads that failed or go on, and are left out"
              .formatted(outcome.leftovers()));
    }
    outcome
        .failures()
        .forEach(
            (store, reason) -> stdio.remark("%s: not all listed: %s".formatted(store, reason)));
    if (!outcome.failures().isEmpty()) {
      stdio.remark("what these providers have is left as it was in the catalog");
      return ExitCode.UNAVAILABLE;
    }
    return !noRead && outcome.unread() > 0 ? ExitCode.FAILED : ExitCode.OK;
  }
}
