package io.raic.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code raic token revoke}: ends a token. */
@Command(
    name = "revoke",
    header = "End a token, for good.",
    description = {
      "%nNobody is let in with it from then on; a gateway that runs notices within two seconds, and"
          + " ends nothing that it has begun.%n"
    },
    footer = {"%nExamples:", "  raic token revoke backup"})
final class TokenRevoke implements Callable<Integer> {
  private final Stdio stdio;
  private final Gateway gateway;

  @Parameters(paramLabel = "NAME|ID", description = "Which token.")
  private String token = "";

  @Mixin private final OpenedDatabase opened = new OpenedDatabase();

  TokenRevoke(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var revoked =
        opened
            .use(
                gateway,
                database -> OpenedDatabase.tokens(database).revoke(OpenedDatabase.actor(), token))
            .orElseThrow(
                () -> new Failure(ExitCode.FAILED, "there is no token " + token + " to revoke"));
    stdio.print("revoked %s (%s)".formatted(revoked.name(), revoked.id()));
    return ExitCode.OK.number();
  }
}
