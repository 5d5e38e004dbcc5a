package io.raic.gateway.cli;

import io.raic.crypto.capability.Capabilities;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.audit.Outcome;
import io.raic.gateway.catalog.Removal;
import io.raic.gateway.state.Database;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code raic catalog forget}: removes a file from the catalog. */
@Command(
    name = "forget",
    header = "Remove a lost file from the list.",
    description = {
      "%nRemoves a file from the catalog and from all counts, and nothing at any provider. Only a file"
          + " that is lost is removed, unless told otherwise.%n"
    },
    footer = {
      "%nExamples:",
      "  raic catalog list --redundancy lost",
      "  raic catalog forget lx3tr2kkvhvbvh2h2gmkqq5wpy"
    })
final class CatalogForget implements Callable<Integer> {
  private final Stdio stdio;
  private final Gateway gateway;

  @Parameters(
      paramLabel = "STORAGE-INDEX|VERIFY-CAP",
      description = "Which file, as raic catalog list prints it.")
  private String file = "";

  @Option(names = "--force", description = "Remove it even if it is not lost.")
  private boolean force;

  @Mixin private final OpenedDatabase opened = new OpenedDatabase();

  CatalogForget(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var index = index();
    switch (opened.use(gateway, database -> remove(database, index))) {
      case REMOVED -> stdio.print("removed " + index.text());
      case UNKNOWN ->
          throw new Failure(ExitCode.FAILED, "the file is not in the catalog: " + index.text());
      case NOT_LOST ->
          throw new Failure(
              ExitCode.FAILED, "the file is not lost; --force removes it all the same");
    }
    return ExitCode.OK.number();
  }

  /** What was removed is in the audit log, or nothing was. */
  private Removal.Outcome remove(Database database, StorageIndex index) {
    return database.inTransaction(() -> {
      var outcome = new Removal(database).remove(index, !force);
      if (outcome == Removal.Outcome.REMOVED) {
        OpenedDatabase.audit(database)
            .append(OpenedDatabase.actor(), "catalog.forget", index.text(), Outcome.DONE);
      }
      return outcome;
    });
  }

  /** Errors quote no capability: somebody may have given one that reads. */
  private StorageIndex index() throws Failure {
    try {
      if (!file.startsWith("URI:")) {
        return StorageIndex.parse(file);
      }
      if (Capabilities.parse(file) instanceof VerifyCap cap) {
        return cap.storageIndex();
      }
    } catch (IllegalArgumentException _) {
      throw Failure.usage("neither a storage index nor a verify capability");
    }
    throw Failure.usage("only a verify capability of a file is taken");
  }
}
