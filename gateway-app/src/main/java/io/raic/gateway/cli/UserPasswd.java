package io.raic.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code raic user passwd}: gives a user another password. */
@Command(
    name = "passwd",
    header = "Give a user another password.",
    description = {
      "%nChanges a password, which is asked for, or read from standard input, and ends the"
          + " sessions of the user.%n"
    },
    footer = {
      "%nExamples:",
      "  raic user passwd alice",
      "  raic user passwd admin --one-time        the way back in"
    })
final class UserPasswd implements Callable<Integer> {
  private final Stdio stdio;
  private final Gateway gateway;

  @Parameters(paramLabel = "NAME", description = "Which user.")
  private String name = "";

  @Mixin private final NewPassword password = new NewPassword();
  @Mixin private final OpenedDatabase opened = new OpenedDatabase();

  UserPasswd(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    String actor = OpenedDatabase.actor();
    if (password.isOneTime()) {
      stdio.print(opened.use(gateway, db -> OpenedDatabase.users(db).resetPassword(actor, name)));
    } else {
      String chosen = password.chosen(stdio);
      opened.change(gateway, users -> users.setPassword(actor, name, chosen));
    }
    stdio.remark("changed the password of " + name);
    return ExitCode.OK.number();
  }
}
