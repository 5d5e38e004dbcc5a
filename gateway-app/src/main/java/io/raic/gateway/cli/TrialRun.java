package io.raic.gateway.cli;

import io.raic.gateway.provider.ProviderSettings;
import io.raic.gateway.provider.StepResult;
import io.raic.gateway.provider.StepResult.Done;
import io.raic.gateway.provider.StepResult.Failed;
import io.raic.gateway.provider.StepResult.Skipped;
import io.raic.gateway.provider.Trial;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs the trial of a provider, and tells how it goes. Ctrl-C waits until it has cleaned up. */
final class TrialRun {
  /** How long Ctrl-C waits at most: no store takes longer for the removal of two objects. */
  private static final Duration CLEAN_UP = Duration.ofSeconds(70);

  private final Stdio stdio;
  private final boolean json;

  TrialRun(Stdio stdio, boolean json) {
    this.stdio = stdio;
    this.json = json;
  }

  /** Tries {@code provider} out and returns what a command ends with. */
  ExitCode of(ProviderSettings provider) throws Failure {
    var trial = new Trial(stdio.nanoClock(), InstantSource.system());
    Consumer<StepResult> listener = json ? _ -> {} : this::print;
    var results = CleanEnd.of("trial", CLEAN_UP, () -> {}, () -> trial.run(provider, listener));
    if (json) {
      stdio.print(json(provider.id(), results).toPrettyString());
    }
    return code(results);
  }

  private static ExitCode code(List<StepResult> results) {
    var failures =
        results.stream()
            .map(StepResult::outcome)
            .filter(Failed.class::isInstance)
            .map(Failed.class::cast)
            .toList();
    if (failures.isEmpty()) {
      return ExitCode.OK;
    }
    return failures.stream().allMatch(Failed::canPass) ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
  }

  private void print(StepResult result) {
    try {
      switch (result.outcome()) {
        case Done(var detail) -> line("ok", result, detail);
        case Skipped(var why) -> line("skipped", result, why);
        case Failed(var what, var advice, _) -> {
          line("FAILED", result, "");
          stdio.print("         " + ErrorReport.oneLine(what));
          if (!advice.isEmpty()) {
            stdio.print("         " + ErrorReport.oneLine(advice));
          }
        }
      }
    } catch (Failure e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(String word, StepResult result, String detail) throws Failure {
    String line =
        String.format(
            Locale.ROOT,
            "%-7s  %-27s %6d ms  %s",
            word,
            result.step(),
            result.took().toMillis(),
            ErrorReport.oneLine(detail));
    stdio.print(line.stripTrailing());
  }

  private static ObjectNode json(String id, List<StepResult> results) {
    var root = JsonMapper.shared().createObjectNode();
    root.put("id", id);
    root.put("ok", code(results) == ExitCode.OK);
    var steps = root.putArray("steps");
    for (var result : results) {
      var step = steps.addObject();
      step.put("step", result.step());
      step.put("milliseconds", result.took().toMillis());
      switch (result.outcome()) {
        case Done(var detail) -> step.put("result", "ok").put("detail", detail);
        case Skipped(var why) -> step.put("result", "skipped").put("detail", why);
        case Failed(var what, var advice, var canPass) ->
            step.put("result", "failed")
                .put("detail", ErrorReport.oneLine(what))
                .put("advice", advice)
                .put("can-pass", canPass);
      }
    }
    return root;
  }
}
