package io.raic.gateway.cli;

import io.raic.crypto.capability.Capability;
import io.raic.crypto.capability.ReadCap;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code raic get}: reads a file back. */
@Command(
    name = "get",
    header = "Read a file back.",
    description = {
      "%nWrites the file of CAP to standard output, or to FILE when all of it has come: a transfer"
          + " that breaks off leaves FILE as it was.%n"
    },
    footer = {
      "%nExamples:",
      "  raic get URI:CHK:... -o photo.jpg",
      "  raic get --cap-file docs.cap | tar x"
    })
final class Get implements Callable<Integer> {
  private final Stdio stdio;

  @Mixin private final CapParameter cap = new CapParameter();
  @Mixin private final GatewayOptions gateway = new GatewayOptions();
  @Mixin private final QuietOption quiet = new QuietOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to FILE, replacing it; - is standard output, the default.")
  private Optional<Path> output = Optional.empty();

  Get(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws Failure {
    var capability = readable(cap.read(stdio));
    var client = gateway.client(stdio);
    try (var destination = Destination.open(output, stdio);
        var progress = quiet.progress(stdio)) {
      if (capability instanceof ReadCap read) {
        progress.expect(read.size());
      }
      client.get(capability, destination.stream(), progress);
      destination.commit();
    }
    return ExitCode.OK.number();
  }

  private static Capability readable(Capability capability) throws Failure {
    return capability
        .readOnly()
        .map(_ -> capability)
        .orElseThrow(() ->
            Failure.usage(
                "a %s capability checks and repairs, and cannot read"
                    .formatted(capability.kind())));
  }
}
