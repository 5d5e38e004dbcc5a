package io.raic.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code raic user logout}: ends sessions. */
@Command(
    name = "logout",
    header = "End all sessions of a user.",
    description = {
      "%nThe user may log in again. Of single sign-on, name who is meant as the audit log does, or"
          + " by oidc:NAME or oidc:SUB.%n"
    },
    footer = {"%nExamples:", "  raic user logout alice", "  raic user logout oidc:alice"})
final class UserLogout implements Callable<Integer> {
  private final Stdio stdio;
  private final Gateway gateway;

  @Parameters(paramLabel = "NAME", description = "Which user.")
  private String name = "";

  @Mixin private final OpenedDatabase opened = new OpenedDatabase();

  UserLogout(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    int ended =
        opened.use(
            gateway,
            database -> OpenedDatabase.users(database).logOut(OpenedDatabase.actor(), name));
    stdio.remark("ended %d sessions of %s".formatted(ended, name));
    return ExitCode.OK.number();
  }
}
