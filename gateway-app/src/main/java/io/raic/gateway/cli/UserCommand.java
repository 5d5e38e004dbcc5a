package io.raic.gateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code raic user}: the commands for who may use the dashboard. */
@Command(
    name = "user",
    header = "Say who may use the dashboard.",
    description = {
      "%nA viewer looks, an operator acts on providers and files, an admin says who may come in."
          + " The commands open the gateway's database directly, and work while it runs: a change"
          + " ends the sessions of the user at once.%n"
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%nExamples:",
      "  raic user list",
      "  raic user add alice --role operator",
      "  raic user add bob --one-time",
      "  raic user passwd alice < password.txt",
      "  raic user totp alice"
    })
final class UserCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private UserCommand() {}

  /** Returns the command with all below it. */
  static CommandLine commandLine(Stdio stdio, Gateway gateway) {
    return new CommandLine(new UserCommand())
        .addSubcommand(new UserList(stdio, gateway))
        .addSubcommand(new UserAdd(stdio, gateway))
        .addSubcommand(new UserPasswd(stdio, gateway))
        .addSubcommand(new UserRole(stdio, gateway))
        .addSubcommand(new UserTotp(stdio, gateway))
        .addSubcommand(new UserLogout(stdio, gateway))
        .addSubcommand(new UserRemove(stdio, gateway))
        .addSubcommand(new CommandLine.HelpCommand());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
