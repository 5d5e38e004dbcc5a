package io.raic.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code raic user role}: lets a user do more or less. */
@Command(
    name = "role",
    header = "Give a user another role.",
    description = {"%nChanges what a user may do, and ends the sessions of the user.%n"},
    footer = {"%nExamples:", "  raic user role alice admin"})
final class UserRole implements Callable<Integer> {
  private final Stdio stdio;
  private final Gateway gateway;

  @Parameters(index = "0", paramLabel = "NAME", description = "Which user.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "ROLE", description = "viewer, operator or admin.")
  private String role = "";

  @Mixin private final OpenedDatabase opened = new OpenedDatabase();

  UserRole(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var given = RoleParameter.parse(role);
    opened.change(gateway, users -> users.setRole(OpenedDatabase.actor(), name, given));
    stdio.remark("%s is %s now".formatted(name, given.word()));
    return ExitCode.OK.number();
  }
}
