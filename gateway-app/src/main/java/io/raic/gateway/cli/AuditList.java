package io.raic.gateway.cli;

import io.raic.gateway.audit.AuditRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code raic audit list}: what was done lately. */
@Command(
    name = "list",
    header = "Show what was done lately.",
    description = {"%nShows records of the audit log, the newest first.%n"},
    footer = {"%nExamples:", "  raic audit list", "  raic audit list --last 1000 --json"})
final class AuditList implements Callable<Integer> {
  private static final int MAX_RECORDS = 100_000;

  private final Stdio stdio;
  private final Gateway gateway;

  @Mixin private final OpenedDatabase opened = new OpenedDatabase();

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Option(names = "--last", paramLabel = "N", description = "How many (default: 100).")
  private int last = 100;

  AuditList(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    if (last < 1 || last > MAX_RECORDS) {
      throw Failure.usage("--last: want 1 to " + MAX_RECORDS);
    }
    var records = opened.use(gateway, database -> OpenedDatabase.audit(database).latest(last));
    if (json) {
      stdio.print(json(records));
    } else {
      for (String line : table(records)) {
        stdio.print(line);
      }
    }
    return ExitCode.OK.number();
  }

  private static String json(List<AuditRecord> records) {
    var list = JsonMapper.shared().createArrayNode();
    for (var each : records) {
      list.addObject()
          .put("seq", each.seq())
          .put("at", each.at().toString())
          .put("actor", each.actor())
          .put("action", each.action())
          .put("subject", each.subject())
          .put("outcome", each.outcome())
          .put("hash", each.hash());
    }
    return list.toPrettyString();
  }

  private static List<String> table(List<AuditRecord> records) {
    var rows = new ArrayList<List<String>>();
    for (var each : records) {
      rows.add(
          List.of(
              Long.toString(each.seq()),
              each.at().toString(),
              ErrorReport.oneLine(each.actor()),
              ErrorReport.oneLine(each.action()),
              each.outcome(),
              ErrorReport.oneLine(each.subject())));
    }
    return TextTable.lines(List.of("SEQ", "TIME", "ACTOR", "ACTION", "OUTCOME", "SUBJECT"), rows);
  }
}
