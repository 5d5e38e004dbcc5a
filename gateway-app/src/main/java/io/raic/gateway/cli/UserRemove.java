package io.raic.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code raic user remove}: lets somebody in no more. */
@Command(
    name = "remove",
    header = "Remove a user.",
    description = {
      "%nRemoves a user and ends the user's sessions. If none is left, the gateway makes admin"
          + " with a new one-time password when it starts next.%n"
    },
    footer = {"%nExamples:", "  raic user remove alice"})
final class UserRemove implements Callable<Integer> {
  private final Stdio stdio;
  private final Gateway gateway;

  @Parameters(paramLabel = "NAME", description = "Which user.")
  private String name = "";

  @Mixin private final OpenedDatabase opened = new OpenedDatabase();

  UserRemove(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    opened.change(gateway, users -> users.remove(OpenedDatabase.actor(), name));
    stdio.remark("removed " + name);
    return ExitCode.OK.number();
  }
}
