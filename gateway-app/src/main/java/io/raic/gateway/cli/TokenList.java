package io.raic.gateway.cli;

import io.raic.gateway.access.Token;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code raic token list}: which tokens there are, and what was made of them. */
@Command(
    name = "list",
    header = "List the tokens.",
    description = {
      "%nLists all tokens, revoked ones too, the newest first. Requests and the last use are"
          + " written once a minute.%n"
    },
    footer = {"%nExamples:", "  raic token list", "  raic token list --json"})
final class TokenList implements Callable<Integer> {
  private static final List<String> TITLES =
      List.of(
          "NAME",
          "ID",
          "STATE",
          "CREATED",
          "EXPIRES",
          "RIGHTS",
          "STORED",
          "QUOTA",
          "REQUESTS",
          "LAST USE");

  private final Stdio stdio;
  private final Gateway gateway;

  @Mixin private final OpenedDatabase opened = new OpenedDatabase();

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  TokenList(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var all = opened.use(gateway, database -> OpenedDatabase.tokens(database).list());
    var now = InstantSource.system().instant();
    if (json) {
      stdio.print(json(all, now).toPrettyString());
    } else {
      var rows = all.stream().map(token -> row(token, now)).toList();
      for (String line : TextTable.lines(TITLES, rows)) {
        stdio.print(line);
      }
    }
    return ExitCode.OK.number();
  }

  private static String state(Token token, Instant now) {
    if (token.revoked().isPresent()) {
      return "revoked";
    }
    return token.isValid(now) ? "valid" : "expired";
  }

  private static List<String> row(Token token, Instant now) {
    var quota = token.rights().quotaBytes();
    return List.of(
        token.name(),
        token.id(),
        state(token, now),
        text(Optional.of(token.created())),
        text(token.rights().expires()),
        token.rights().readOnly() ? "read" : "all",
        ByteCount.text(token.use().storedBytes()),
        quota.isPresent() ? ByteCount.text(quota.getAsLong()) : "-",
        Long.toString(token.use().requests()),
        text(token.use().last()));
  }

  private static String text(Optional<Instant> time) {
    return time.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-");
  }

  private static ArrayNode json(List<Token> all, Instant now) {
    var list = JsonMapper.shared().createArrayNode();
    for (var token : all) {
      var node = list.addObject();
      node.put("id", token.id());
      node.put("name", token.name());
      node.put("state", state(token, now));
      node.put("created", text(Optional.of(token.created())));
      token.rights().expires().ifPresent(at -> node.put("expires", text(Optional.of(at))));
      token.revoked().ifPresent(at -> node.put("revoked", text(Optional.of(at))));
      node.put("read-only", token.rights().readOnly());
      token.rights().quotaBytes().ifPresent(bytes -> node.put("quota-bytes", bytes));
      node.put("stored-bytes", token.use().storedBytes());
      node.put("requests", token.use().requests());
      token.use().last().ifPresent(at -> node.put("last-use", text(Optional.of(at))));
    }
    return list;
  }
}
