package io.raic.gateway.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code raic serve}: starts the gateway with what the options say. */
@Command(
    name = "serve",
    header = "Start a gateway.",
    description = {
      "%nStarts a gateway on 127.0.0.1. Without a configuration it keeps its data in five local"
          + " stores below ./data: for trying it out, as directories on one disk are lost"
          + " together.%n"
    },
    footer = {
      "%nEnvironment: RAIC_PORT and RAIC_DATA do what --port and --data do, which win.",
      "%nExamples:",
      "  raic serve",
      "  raic serve --port 8080 --data /var/lib/raic --config raic.yaml"
    })
final class Serve implements Callable<Integer> {
  private static final int MAX_PORT = 65_535;

  private final Gateway gateway;

  @Option(names = "--port", paramLabel = "PORT", description = "Where to listen (default: 3456).")
  private Optional<Integer> port = Optional.empty();

  @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();

  Serve(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var settings = configuration.settings();
    if (port.isPresent()) {
      settings.put("raic.port", checked(port.get()));
    }
    gateway.start(settings);
    return ExitCode.OK.number();
  }

  private static int checked(int port) throws Failure {
    if (port < 0 || port > MAX_PORT) {
      throw Failure.usage("--port is 0 to %d, not %d".formatted(MAX_PORT, port));
    }
    return port;
  }
}
