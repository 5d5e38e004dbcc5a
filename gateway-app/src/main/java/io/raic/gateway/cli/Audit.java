package io.raic.gateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code raic audit}: the commands for the log of what people did. */
@Command(
    name = "audit",
    header = "Show and verify the log of what people did.",
    description = {
      "%nA gateway records who logged in, and who changed what. Records are only added. The"
          + " commands open the gateway's database directly, and work while it runs.%n"
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%nExamples:",
      "  raic audit list",
      "  raic audit verify",
      "  raic audit verify --head 3f0c…"
    })
final class Audit implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Audit() {}

  /** Returns the command with all below it. */
  static CommandLine commandLine(Stdio stdio, Gateway gateway) {
    return new CommandLine(new Audit())
        .addSubcommand(new AuditList(stdio, gateway))
        .addSubcommand(new AuditVerify(stdio, gateway))
        .addSubcommand(new CommandLine.HelpCommand());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
