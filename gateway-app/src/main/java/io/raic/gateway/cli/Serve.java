package io.raic.gateway.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
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

  private final Consumer<Map<String, Object>> gateway;

  @Option(names = "--port", paramLabel = "PORT", description = "Where to listen (default: 3456).")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where local data is kept (default: ./data).")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, as YAML or properties; docs/ tells which there are.")
  private Optional<Path> config = Optional.empty();

  /**
   * Prepares the command.
   *
   * @param gateway starts a gateway, given Spring property names and their values, and returns when
   *     it runs
   */
  Serve(Consumer<Map<String, Object>> gateway) {
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var settings = new HashMap<String, Object>();
    if (port.isPresent()) {
      settings.put("raic.port", checked(port.get()));
    }
    data.ifPresent(directory -> settings.put("raic.data", directory.toAbsolutePath().toString()));
    if (config.isPresent()) {
      settings.put("spring.config.additional-location", checked(config.get()));
    }
    gateway.accept(settings);
    return ExitCode.OK.number();
  }

  private static int checked(int port) throws Failure {
    if (port < 0 || port > MAX_PORT) {
      throw Failure.usage("--port is 0 to %d, not %d".formatted(MAX_PORT, port));
    }
    return port;
  }

  private static String checked(Path config) throws Failure {
    if (!Files.isReadable(config) || Files.isDirectory(config)) {
      throw new Failure(ExitCode.FAILED, "cannot read the configuration " + config);
    }
    // Several places are separated by these.
    return config.toAbsolutePath().toUri().toString().replace(",", "%2C").replace(";", "%3B");
  }
}
