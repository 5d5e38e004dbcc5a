package io.raic.gateway.cli;

import io.raic.gateway.audit.Verification;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code raic audit verify}: whether the log is as it was written. */
@Command(
    name = "verify",
    header = "Verify the log.",
    description = {
      "%nComputes the hashes of all records, each of which covers the one before, and prints how"
          + " many there are and the hash of the last, the head. Keep the head somewhere else:"
          + " records that were cut off the end are missed only by whoever knows it.%n"
    },
    footer = {"%nExamples:", "  raic audit verify", "  raic audit verify --head 3f0c…"})
final class AuditVerify implements Callable<Integer> {
  private static final String HASH = "[0-9a-f]{64}";

  private final Stdio stdio;
  private final Gateway gateway;

  @Mixin private final OpenedDatabase opened = new OpenedDatabase();

  @Option(
      names = "--head",
      paramLabel = "HASH",
      description = "A head that was printed before: fail if no record has it any more.")
  private Optional<String> head = Optional.empty();

  AuditVerify(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var expected = head.map(hash -> hash.strip().toLowerCase(Locale.ROOT));
    if (expected.isPresent() && !expected.get().matches(HASH)) {
      throw Failure.usage("--head: want the 64 hexadecimal digits that raic audit verify prints");
    }
    var found =
        opened.use(gateway, database -> Verification.of(OpenedDatabase.audit(database), expected));
    stdio.print("records %d".formatted(found.records()));
    stdio.print("head %s".formatted(found.head()));
    found.broken().ifPresent(what -> stdio.remark("the audit log is broken: " + what));
    if (found.broken().isEmpty() && !found.hasExpected()) {
      stdio.remark("the audit log is not the one with that head, or was cut off before it");
    }
    return (found.isGood() ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
