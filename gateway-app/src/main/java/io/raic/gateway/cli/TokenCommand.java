package io.raic.gateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code raic token}: the commands for who may use a gateway. */
@Command(
    name = "token",
    header = "Make, list and revoke tokens.",
    description = {
      "%nWith raic.auth.mode=token a gateway lets in only who has a token. The commands work on the"
          + " gateway's database, which its configuration names, whether a gateway runs or not;"
          + " gateways that run notice within two seconds.%n"
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%nExamples:",
      "  raic token create --name backup --quota 500GiB > backup.token",
      "  raic token create --name monitor --read-only --expires 90d",
      "  raic put --token-file backup.token photo.jpg",
      "  raic token list",
      "  raic token revoke backup"
    })
final class TokenCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private TokenCommand() {}

  /** Returns the command with all below it. */
  static CommandLine commandLine(Stdio stdio, Gateway gateway) {
    return new CommandLine(new TokenCommand())
        .addSubcommand(new TokenCreate(stdio, gateway))
        .addSubcommand(new TokenList(stdio, gateway))
        .addSubcommand(new TokenRevoke(stdio, gateway))
        .addSubcommand(new CommandLine.HelpCommand());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
