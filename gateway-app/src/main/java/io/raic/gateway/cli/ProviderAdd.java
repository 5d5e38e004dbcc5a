package io.raic.gateway.cli;

import io.raic.gateway.provider.DriverGuide;
import io.raic.gateway.provider.GivenSettings;
import io.raic.gateway.provider.Limits;
import io.raic.gateway.provider.Prices;
import io.raic.gateway.provider.ProviderBook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code raic provider add}: names a provider. */
@Command(
    name = "add",
    header = "Add a provider.",
    description = {
      "%nKeeps a provider in the file providers.yaml of the data directory, and its credentials in"
          + " files below private/providers that only you can read. The gateway uses it from its"
          + " next start on.%n",
      "A secret never stands on the command line, where other users and the shell's history have"
          + " it: NAME=- asks for it, or reads a line of standard input where nobody can be asked;"
          + " NAME-file=PATH has it read from a file of yours each time.%n"
    })
final class ProviderAdd implements Callable<Integer> {
  private final Stdio stdio;
  private final Gateway gateway;

  @Parameters(index = "0", paramLabel = "ID", description = "What to call it.")
  private String id = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "NAME=VALUE",
      description = "What the driver is told; see below.")
  private List<String> values = new ArrayList<>();

  @Option(
      names = "--type",
      required = true,
      paramLabel = "TYPE",
      description = "Which kind of provider.")
  private String type = "";

  @Option(
      names = "--operator",
      paramLabel = "NAME",
      description = "Who runs it (default: ID). All of one operator count as one provider.")
  private Optional<String> operator = Optional.empty();

  @Option(
      names = "--jurisdiction",
      paramLabel = "WORD",
      description = "Whose law it is under: a country like DE, or a word.")
  private Optional<String> jurisdiction = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "NAME=VALUE",
      description = "What may be asked of it; can be given several times.")
  private List<String> limits = new ArrayList<>();

  @Option(
      names = "--price",
      paramLabel = "NAME=VALUE",
      description = "What it charges; can be given several times.")
  private List<String> prices = new ArrayList<>();

  @Option(names = "--test", description = "Try it out first, and add it only if all goes well.")
  private boolean test;

  @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();

  private ProviderAdd(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  /** Returns the command, whose help tells what each driver can be told once somebody asks. */
  static CommandLine commandLine(Stdio stdio, Gateway gateway) {
    var line = new CommandLine(new ProviderAdd(stdio, gateway));
    line.getHelpSectionMap()
        .put(
            CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER,
            _ -> String.join(System.lineSeparator(), footer(gateway)) + System.lineSeparator());
    return line;
  }

  private static List<String> footer(Gateway gateway) {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add("Limits, sizes like 20MB and whole numbers:");
    lines.add("  " + String.join(", ", Limits.NAMES));
    lines.add("Prices, decimal numbers:");
    lines.add("  " + String.join(", ", Prices.NAMES));
    lines.add("");
    lines.add("Types, and what each can be told:");
    lines.addAll(DriverGuide.of(gateway.drivers()));
    lines.add("");
    lines.add("Examples:");
    lines.add("  raic provider add office --type local path=/mnt/office/raic/store");
    lines.add("  raic provider add home --type local --operator alice --jurisdiction DE \\");
    lines.add("    --limit bandwidth=20MB --limit max-bytes=2TB --test path=/mnt/home/store");
    return lines;
  }

  @Override
  public Integer call() throws Failure {
    var book = gateway.configuration(configuration.settings());
    var given = given();
    try {
      var draft = book.draft(given);
      if (test) {
        var code = new TrialRun(stdio, false).of(draft);
        if (code != ExitCode.OK) {
          stdio.remark("%s was not added: it does not work yet".formatted(id));
          return code.number();
        }
      }
      boolean losesTrialData = book.providers().areForTrying() && book.hasTrialData();
      book.add(given);
      tell(book, losesTrialData);
    } catch (IOException e) {
      throw Failure.of("cannot add " + id, e);
    }
    return ExitCode.OK.number();
  }

  private GivenSettings given() throws Failure {
    var driver =
        gateway
            .drivers()
            .find(type)
            .orElseThrow(() -> Failure.usage("--type" + gateway.drivers().unknown(type)));
    var given = new GivenSettings();
    given.put("id", id);
    given.put("type", driver.type());
    operator.ifPresent(name -> given.put("operator", name));
    jurisdiction.ifPresent(word -> given.put("jurisdiction", word));
    for (String limit : limits) {
      SettingArgument.of(limit, "--limit").addTo(given, "limits.");
    }
    for (String price : prices) {
      SettingArgument.of(price, "--price").addTo(given, "prices.");
    }
    new DriverArguments(stdio, driver).addTo(given, values);
    return given;
  }

  private void tell(ProviderBook book, boolean losesTrialData) throws Failure {
    stdio.print("added %s to %s".formatted(id, book.file()));
    stdio.remark("a gateway that runs does not know it yet: restart it");
    if (losesTrialData) {
      stdio.remark(
          "the five stores for trying are not used any more, with what is in them: read it with"
              + " raic decode, and store it again");
    }
    book.lack()
        .ifPresent(
            lack -> stdio.remark("the gateway does not start with these providers yet: " + lack));
  }
}
