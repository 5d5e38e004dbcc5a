package io.raic.gateway.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the configuration of a gateway is, the same for all commands that read it. */
final class ConfigurationOptions {
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

  /** Returns what the options say, by the names of Spring's properties. */
  Map<String, Object> settings() throws Failure {
    var settings = new HashMap<String, Object>();
    data.ifPresent(directory -> settings.put("raic.data", directory.toAbsolutePath().toString()));
    if (config.isPresent()) {
      settings.put("spring.config.additional-location", checked(config.get()));
    }
    return settings;
  }

  private static String checked(Path config) throws Failure {
    if (!Files.isReadable(config) || Files.isDirectory(config)) {
      throw new Failure(ExitCode.FAILED, "cannot read the configuration " + config);
    }
    // Several places are separated by these.
    return config.toAbsolutePath().toUri().toString().replace(",", "%2C").replace(";", "%3B");
  }
}
