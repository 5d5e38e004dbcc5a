package io.raic.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code raic provider test}: tries a provider out, and says what is wrong with it. */
@Command(
    name = "test",
    header = "Try a provider out.",
    description = {
      "%nPuts small objects, reads, lists, replaces and removes them, below raic-test/ where no"
          + " share is, and a line for each step tells how it went and how long it took. What is"
          + " wrong is said in plain words. Ends with 0 if all went well, 4 if it can go well"
          + " later, 1 if something has to be changed.%n"
    },
    footer = {"%nExamples:", "  raic provider test office", "  raic provider test office --json"})
final class ProviderTest implements Callable<Integer> {
  private final Stdio stdio;
  private final Gateway gateway;

  @Parameters(paramLabel = "ID", description = "Which provider.")
  private String id = "";

  @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();

  @Option(names = "--json", description = "Print JSON instead of lines.")
  private boolean json;

  ProviderTest(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var providers = gateway.configuration(configuration.settings()).providers();
    var provider = providers.find(id).orElseThrow(() -> ProviderRemove.unknown(id, providers));
    return new TrialRun(stdio, json).of(provider).number();
  }
}
