package io.raic.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code raic put}: stores a file and prints its capability. */
@Command(
    name = "put",
    header = "Store a file; print its capability.",
    description = {
      "%nStores FILE (- is standard input) with the gateway and prints the capability, which is"
          + " the only way to get it back: keep it, and keep it secret.%n"
    },
    footer = {"%nExamples:", "  raic put photo.jpg", "  tar c docs | raic put - > docs.cap"})
final class Put implements Callable<Integer> {
  private final Stdio stdio;

  @Mixin private final GatewayOptions gateway = new GatewayOptions();
  @Mixin private final QuietOption quiet = new QuietOption();

  @Option(
      names = "--random-key",
      description = {
        "Encrypt with a random key instead of one derived from the content and the gateway's secret:"
            + " storing the same file again then shares nothing with this copy."
      })
  private boolean randomKey;

  @Parameters(paramLabel = "FILE", description = "The file to store; - for standard input.")
  private Path file = Path.of("-");

  Put(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws IOException {
    var client = gateway.client(stdio);
    StoredFile stored;
    try (var progress = quiet.progress(stdio)) {
      stored =
          file.toString().equals("-") ? putStream(client, progress) : putFile(client, progress);
    }
    stdio.print(stored.cap());
    stored.remark().ifPresent(stdio::remark);
    return ExitCode.OK.number();
  }

  private StoredFile putStream(GatewayClient client, Progress progress) throws Failure {
    return client.put(stdio.in(), OptionalLong.empty(), randomKey, progress);
  }

  private StoredFile putFile(GatewayClient client, Progress progress) throws IOException {
    if (!RegularFile.isOne(file)) {
      try (var in = Files.newInputStream(file)) {
        return client.put(in, OptionalLong.empty(), randomKey, progress);
      }
    }
    try (var source = RegularFile.open(file)) {
      return client.put(source.open(), OptionalLong.of(source.length()), randomKey, progress);
    }
  }
}
