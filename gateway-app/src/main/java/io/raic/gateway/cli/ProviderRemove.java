package io.raic.gateway.cli;

import io.raic.gateway.provider.ProviderBook;
import io.raic.gateway.provider.ProviderSettings;
import io.raic.gateway.provider.Providers;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code raic provider remove}: forgets a provider, and deletes nothing there. */
@Command(
    name = "remove",
    header = "Remove a provider.",
    description = {
      "%nTakes a provider that raic provider add made out of providers.yaml, and deletes the files"
          + " of its credentials. What it stores stays there, but the gateway will not look for it"
          + " any more.%n"
    },
    footer = {
      "%nExamples:",
      "  raic provider remove office",
      "  raic provider remove office --yes"
    })
final class ProviderRemove implements Callable<Integer> {
  private final Stdio stdio;
  private final Gateway gateway;

  @Parameters(paramLabel = "ID", description = "Which provider.")
  private String id = "";

  @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  ProviderRemove(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var book = gateway.configuration(configuration.settings());
    var providers = book.providers();
    var provider = providers.find(id);
    if (provider.filter(book::isKept).isPresent()) {
      warn(book);
      confirm();
    }
    try {
      if (!book.remove(id)) {
        throw unknown(id, providers);
      }
    } catch (IOException e) {
      throw Failure.of("cannot remove " + id, e);
    }
    stdio.print("removed " + id);
    stdio.remark("a gateway that runs goes on using it: restart it");
    return ExitCode.OK.number();
  }

  private void warn(ProviderBook book) {
    stdio.remark(
        "shares that are stored with %s count as lost once the gateway is restarted. Files whose"
                .formatted(id)
            + " other shares suffice can still be read: repair them (raic check --repair) before"
            + " anything else is lost. Nothing is deleted there.");
    if (book.isLast(id)) {
      stdio.remark(
          "it is the last provider: without any, the gateway starts all the same, and stores in"
              + " the five trial directories of its data directory. They are on one disk, and are"
              + " lost with it; what is stored now is not there.");
    }
    book.lackWithout(id)
        .ifPresent(lack ->
            stdio.remark("the gateway will not start with the providers that are left: " + lack));
  }

  private void confirm() throws Failure {
    if (yes) {
      return;
    }
    var keyboard =
        stdio
            .keyboard()
            .get()
            .orElseThrow(() -> Failure.usage("nobody can be asked here: give --yes to remove it"));
    String answer = keyboard.line("Remove %s? [y/N] ".formatted(id)).strip();
    if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
      throw new Failure(ExitCode.FAILED, id + " was not removed");
    }
  }

  /** Returns what is said of a provider that is not there. */
  static Failure unknown(String id, Providers providers) {
    return new Failure(
        ExitCode.FAILED,
        "there is no provider %s; there are %s"
            .formatted(
                id,
                providers.all().stream()
                    .map(ProviderSettings::id)
                    .collect(Collectors.joining(", "))));
  }
}
