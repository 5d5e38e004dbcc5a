package io.raic.gateway.cli;

import io.raic.gateway.login.User;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code raic user list}: who may use the dashboard. */
@Command(
    name = "list",
    header = "List the users.",
    description = {
      "%nLists the users whose passwords the gateway knows, not those of another provider of"
          + " logins.%n"
    },
    footer = {"%nExamples:", "  raic user list", "  raic user list --json"})
final class UserList implements Callable<Integer> {
  private final Stdio stdio;
  private final Gateway gateway;

  @Mixin private final OpenedDatabase opened = new OpenedDatabase();

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  UserList(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var users = opened.use(gateway, database -> OpenedDatabase.users(database).all());
    if (json) {
      stdio.print(json(users));
    } else {
      for (String line : table(users)) {
        stdio.print(line);
      }
    }
    return ExitCode.OK.number();
  }

  private static String json(List<User> users) {
    var list = JsonMapper.shared().createArrayNode();
    for (var user : users) {
      list.addObject()
          .put("name", user.name())
          .put("role", user.role().word())
          .put("totp", user.hasCodes())
          .put("must-change-password", user.mustChangePassword())
          .put("changed", user.changed().toString());
    }
    return list.toPrettyString();
  }

  private static List<String> table(List<User> users) {
    var rows = new ArrayList<List<String>>();
    for (var user : users) {
      rows.add(
          List.of(
              user.name(),
              user.role().word(),
              user.hasCodes() ? "yes" : "no",
              user.mustChangePassword() ? "one-time" : "chosen",
              user.changed().toString()));
    }
    return TextTable.lines(List.of("NAME", "ROLE", "TOTP", "PASSWORD", "CHANGED"), rows);
  }
}
