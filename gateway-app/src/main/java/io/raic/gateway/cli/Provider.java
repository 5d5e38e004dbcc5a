package io.raic.gateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code raic provider}: the commands for where a gateway keeps shares. */
@Command(
    name = "provider",
    header = "Add, list, test and remove providers.",
    description = {
      "%nA gateway keeps shares with the providers that its configuration names under"
          + " raic.providers, and with those that these commands keep in the file providers.yaml"
          + " of its data directory. It reads both when it starts. The commands need no gateway"
          + " that runs, and work while one does.%n"
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%nExamples:",
      "  raic provider types",
      "  raic provider add office --type local path=/mnt/office/raic/store",
      "  raic provider test office",
      "  raic provider list",
      "  raic provider remove office"
    })
final class Provider implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Provider() {}

  /** Returns the command with all below it. */
  static CommandLine commandLine(Stdio stdio, Gateway gateway) {
    return new CommandLine(new Provider())
        .addSubcommand(ProviderAdd.commandLine(stdio, gateway))
        .addSubcommand(new ProviderList(stdio, gateway))
        .addSubcommand(new ProviderTest(stdio, gateway))
        .addSubcommand(new ProviderRemove(stdio, gateway))
        .addSubcommand(new ProviderTypes(stdio, gateway))
        .addSubcommand(new CommandLine.HelpCommand());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
