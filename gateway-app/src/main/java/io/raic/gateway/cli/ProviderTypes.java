package io.raic.gateway.cli;

import io.raic.gateway.provider.DriverGuide;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code raic provider types}: the kinds of providers, and what each can be told. */
@Command(
    name = "types",
    header = "Tell which kinds of providers there are.",
    description = {"%nTells all kinds, or all settings of the kind TYPE.%n"},
    footer = {"%nExamples:", "  raic provider types", "  raic provider types local"})
final class ProviderTypes implements Callable<Integer> {
  private final Stdio stdio;
  private final Gateway gateway;

  @Parameters(arity = "0..1", paramLabel = "TYPE", description = "A kind of provider.")
  private Optional<String> type = Optional.empty();

  ProviderTypes(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    for (String line : lines()) {
      stdio.print(line);
    }
    return ExitCode.OK.number();
  }

  private List<String> lines() throws Failure {
    var drivers = gateway.drivers();
    if (type.isEmpty()) {
      return DriverGuide.summary(drivers);
    }
    String name = type.get();
    return DriverGuide.of(
        drivers.find(name).orElseThrow(() -> Failure.usage("TYPE" + drivers.unknown(name))));
  }
}
