package io.raic.gateway.cli;

import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.catalog.Catalog;
import io.raic.gateway.catalog.CatalogFile;
import io.raic.gateway.catalog.Redundancy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code raic catalog list}: which files are stored, and how safe they are. */
@Command(
    name = "list",
    header = "List stored files.",
    description = {
      "%nLists the files of the catalog by storage index, each in a line, as they were when they were"
          + " last looked at.%n"
    },
    footer = {
      "%nExamples:",
      "  raic catalog list --redundancy lost",
      "  raic catalog list --json | jq -r .verifyCap"
    })
final class CatalogList implements Callable<Integer> {
  private final Stdio stdio;
  private final Gateway gateway;

  @Option(
      names = "--redundancy",
      paramLabel = "WHICH",
      description =
          "Only files that are full, degraded, critical (just enough shares are good) or lost.")
  private Optional<String> redundancy = Optional.empty();

  @Option(names = "--json", description = "Print an object of JSON in each line.")
  private boolean json;

  @Mixin private final OpenedDatabase opened = new OpenedDatabase();

  CatalogList(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var only = which();
    return opened.use(gateway, database -> print(new Catalog(database), only)).number();
  }

  private ExitCode print(Catalog catalog, Optional<Redundancy> only) throws Failure {
    if (!json) {
      print("FILE", "SIZE", "SHARES", "GOOD", "REDUNDANCY", "STORED", "CHECKED", "TOKEN");
    }
    Optional<StorageIndex> after = Optional.empty();
    while (true) {
      var page = catalog.files(after, Catalog.MAX_PAGE, only);
      if (page.isEmpty()) {
        return ExitCode.OK;
      }
      for (var file : page) {
        print(file);
      }
      after = Optional.of(page.getLast().cap().storageIndex());
    }
  }

  private Optional<Redundancy> which() throws Failure {
    var only = redundancy.flatMap(Redundancy::parse);
    if (redundancy.isPresent() && only.isEmpty()) {
      String words =
          Arrays.stream(Redundancy.values())
              .map(Redundancy::text)
              .collect(Collectors.joining(", "));
      throw Failure.usage("--redundancy is one of %s, not %s".formatted(words, redundancy.get()));
    }
    return only;
  }

  private void print(CatalogFile file) throws Failure {
    if (json) {
      stdio.print(json(file));
      return;
    }
    var cap = file.cap();
    print(
        cap.storageIndex().text(),
        ByteCount.text(cap.size()),
        cap.needed() + "/" + cap.total(),
        file.goodShares(),
        file.redundancy().text(),
        time(file.storedAt()).orElse("-"),
        time(file.checkedAt()).orElse("-"),
        file.token().isEmpty() ? "-" : file.token());
  }

  private void print(Object... cells) throws Failure {
    stdio.print(
        String.format(Locale.ROOT, "%-26s  %9s  %-6s  %4s  %-10s  %-20s  %-20s  %s", cells)
            .stripTrailing());
  }

  private static Optional<String> time(Optional<Instant> time) {
    return time.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static String json(CatalogFile file) {
    var cap = file.cap();
    var node = JsonMapper.shared().createObjectNode();
    node.put("storageIndex", cap.storageIndex().text());
    node.put("verifyCap", cap.reveal());
    node.put("size", cap.size());
    node.put("needed", cap.needed());
    node.put("total", cap.total());
    node.put("good", file.goodShares());
    node.put("redundancy", file.redundancy().text());
    time(file.storedAt()).ifPresent(at -> node.put("stored", at));
    time(file.checkedAt()).ifPresent(at -> node.put("checked", at));
    if (!file.token().isEmpty()) {
      node.put("token", file.token());
    }
    return node.toString();
  }
}
