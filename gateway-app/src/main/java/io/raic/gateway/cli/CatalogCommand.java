package io.raic.gateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code raic catalog}: the commands for the list of stored files. */
@Command(
    name = "catalog",
    header = "List stored files; mend that list.",
    description = {
      "%nA gateway notes in its database which files are stored, and where their shares were last"
          + " seen. The commands need no gateway that runs, and work while one does.%n"
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%nExamples:",
      "  raic catalog list --redundancy critical",
      "  raic catalog rebuild",
      "  raic catalog forget lx3tr2kkvhvbvh2h2gmkqq5wpy",
    })
final class CatalogCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private CatalogCommand() {}

  /** Returns the command with all below it. */
  static CommandLine commandLine(Stdio stdio, Gateway gateway) {
    return new CommandLine(new CatalogCommand())
        .addSubcommand(new CatalogList(stdio, gateway))
        .addSubcommand(new CatalogRebuild(stdio, gateway))
        .addSubcommand(new CatalogForget(stdio, gateway))
        .addSubcommand(new CommandLine.HelpCommand());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
