package io.raic.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code raic user totp}: makes a login take a code as well. */
@Command(
    name = "totp",
    header = "Ask a user for codes of an authenticator.",
    description = {
      "%nMakes logins of a user take the code that an authenticator shows, as RFC 6238 has it,"
          + " and prints the address to give to the authenticator, once. Whoever sees it can"
          + " compute the codes. Ends the sessions of the user.%n"
    },
    footer = {
      "%nExamples:",
      "  raic user totp alice",
      "  raic user totp alice | qrencode -t ansiutf8",
      "  raic user totp alice --remove            the authenticator was lost"
    })
final class UserTotp implements Callable<Integer> {
  private final Stdio stdio;
  private final Gateway gateway;

  @Parameters(paramLabel = "NAME", description = "Which user.")
  private String name = "";

  @Option(names = "--remove", description = "Ask for no codes any more.")
  private boolean remove;

  @Mixin private final OpenedDatabase opened = new OpenedDatabase();

  UserTotp(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    String actor = OpenedDatabase.actor();
    if (remove) {
      opened.change(gateway, users -> users.disableCodes(actor, name));
    } else {
      stdio.print(opened.use(gateway, db -> OpenedDatabase.users(db).enableCodes(actor, name)));
    }
    stdio.remark("a login of %s takes %s code".formatted(name, remove ? "no" : "a"));
    return ExitCode.OK.number();
  }
}
