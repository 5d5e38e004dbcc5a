package io.raic.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code raic user add}: lets somebody in. */
@Command(
    name = "add",
    header = "Add a user.",
    description = {
      "%nAdds a user of the dashboard. The password is asked for, or read from standard input;"
          + " it has 12 to 256 characters.%n"
    },
    footer = {
      "%nExamples:",
      "  raic user add alice --role operator",
      "  raic user add bob --one-time",
      "  raic user add carol --role admin < password.txt"
    })
final class UserAdd implements Callable<Integer> {
  private final Stdio stdio;
  private final Gateway gateway;

  @Parameters(paramLabel = "NAME", description = "Small letters, digits, dots, dashes.")
  private String name = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "viewer, operator or admin (default: viewer).")
  private String role = "viewer";

  @Mixin private final NewPassword password = new NewPassword();
  @Mixin private final OpenedDatabase opened = new OpenedDatabase();

  UserAdd(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var given = RoleParameter.parse(role);
    String actor = OpenedDatabase.actor();
    if (password.isOneTime()) {
      stdio.print(opened.use(gateway, db -> OpenedDatabase.users(db).add(actor, name, given)));
    } else {
      String chosen = password.chosen(stdio);
      opened.change(gateway, users -> users.add(actor, name, given, chosen));
    }
    stdio.remark("added %s as %s".formatted(name, given.word()));
    return ExitCode.OK.number();
  }
}
