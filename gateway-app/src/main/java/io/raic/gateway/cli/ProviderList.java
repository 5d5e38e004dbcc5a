package io.raic.gateway.cli;

import io.raic.gateway.provider.ProviderSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code raic provider list}: which providers a gateway would use. */
@Command(
    name = "list",
    header = "List the providers.",
    description = {
      "%nLists the providers that a gateway started with the same options would use, without"
          + " asking them for anything.%n"
    },
    footer = {
      "%nExamples:",
      "  raic provider list",
      "  raic provider list --config /etc/raic/raic.yaml --json"
    })
final class ProviderList implements Callable<Integer> {
  private static final List<String> TITLES =
      List.of("ID", "TYPE", "OPERATOR", "JURISDICTION", "LOCATION", "CONFIGURED IN", "LIMITS");

  private final Stdio stdio;
  private final Gateway gateway;

  @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  ProviderList(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var book = gateway.configuration(configuration.settings());
    List<ProviderSummary> all;
    try (var open = book.providers().open()) {
      all = open.summaries();
    }
    if (json) {
      stdio.print(json(all).toPrettyString());
    } else {
      for (String line : table(all)) {
        stdio.print(line);
      }
    }
    if (book.providers().areForTrying()) {
      stdio.remark("no provider is named: these are directories on one disk, for trying only");
    }
    book.lack().filter(_ -> !book.providers().areForTrying()).ifPresent(stdio::remark);
    return ExitCode.OK.number();
  }

  private static ArrayNode json(List<ProviderSummary> all) {
    var list = JsonMapper.shared().createArrayNode();
    for (var provider : all) {
      var node = list.addObject();
      node.put("id", provider.id());
      node.put("type", provider.type());
      node.put("operator", provider.operator());
      provider.jurisdiction().ifPresent(word -> node.put("jurisdiction", word));
      node.put("location", provider.location());
      node.put("configured", provider.configured());
      var limits = node.putObject("limits");
      provider.limits().forEach(limits::put);
      var prices = node.putObject("prices");
      provider.prices().forEach(prices::put);
    }
    return list;
  }

  private static List<String> table(List<ProviderSummary> all) {
    var rows = new ArrayList<List<String>>();
    for (var provider : all) {
      rows.add(
          List.of(
              provider.id(),
              provider.type(),
              provider.operator(),
              provider.jurisdiction().orElse("-"),
              ErrorReport.oneLine(provider.location()),
              ErrorReport.oneLine(provider.configured()),
              limits(provider.limits())));
    }
    return TextTable.lines(TITLES, rows);
  }

  private static String limits(Map<String, String> limits) {
    return limits.isEmpty()
        ? "-"
        : limits.entrySet().stream()
            .map(limit -> limit.getKey() + "=" + limit.getValue())
            .collect(Collectors.joining(" "));
  }
}
