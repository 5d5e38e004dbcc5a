package io.raic.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.raic.gateway.provider.DriverKind;
import io.raic.gateway.provider.GivenSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.TypeConversionException;

/** What a driver is told on the command line: never a secret itself. */
final class DriverArguments {
  private static final String ASK = "-";
  private static final int MAX_SECRET_BYTES = 1 << 16;

  private final Stdio stdio;
  private final DriverKind driver;

  DriverArguments(Stdio stdio, DriverKind driver) {
    this.stdio = stdio;
    this.driver = driver;
  }

  /**
   * Reads arguments, asks for the secrets that they want, and makes the names of files absolute: a
   * gateway may be started elsewhere.
   */
  void addTo(GivenSettings given, List<String> arguments) throws Failure {
    var read = new ArrayList<SettingArgument>();
    for (String argument : arguments) {
      var setting = SettingArgument.of(argument, "what the driver is told");
      if (driver.isSecret(setting.name()) && !setting.value().equals(ASK)) {
        throw Failure.usage(
            "%s is a secret, and does not belong on a command line: give %1$s=- or %1$s-file=PATH"
                .formatted(setting.name()));
      }
      if (!driver.knows(setting.name())) {
        throw Failure.usage(driver.unknown(setting.name()));
      }
      read.add(setting);
    }
    // Nobody is asked for a secret before all else is known to make sense.
    for (var setting : read) {
      value(setting).addTo(given, "");
    }
  }

  private SettingArgument value(SettingArgument setting) throws Failure {
    String name = setting.name();
    if (driver.isSecret(name)) {
      return new SettingArgument(name, secret(name));
    }
    if (!driver.isPath(name)) {
      return setting;
    }
    Path path = path(setting);
    if (driver.isSecretInFile(name)) {
      requireReadable(name, path);
    }
    return new SettingArgument(name, path.toString());
  }

  private static Path path(SettingArgument setting) throws Failure {
    try {
      return Arguments.path(setting.value()).toAbsolutePath();
    } catch (TypeConversionException e) {
      throw Failure.usage("%s: %s".formatted(setting.name(), e.getMessage()));
    }
  }

  private String secret(String name) throws Failure {
    var keyboard = stdio.keyboard().get();
    String secret =
        (keyboard.isPresent() ? keyboard.get().secret(name + " (not shown): ") : lineOfInput(name))
            .strip();
    if (secret.isEmpty()) {
      throw new Failure(ExitCode.FAILED, name + " is empty");
    }
    return secret;
  }

  private String lineOfInput(String name) throws Failure {
    var line = new ByteArrayOutputStream();
    try {
      // Byte by byte: what follows the line is the next secret's.
      for (int b = stdio.in().read(); b >= 0 && b != '\n'; b = stdio.in().read()) {
        if (line.size() == MAX_SECRET_BYTES) {
          throw new Failure(
              ExitCode.FAILED,
              "%s is longer than the %d bytes of a secret".formatted(name, MAX_SECRET_BYTES));
        }
        line.write(b);
      }
    } catch (IOException e) {
      throw Failure.of("cannot read %s from standard input".formatted(name), e);
    }
    return line.toString(UTF_8);
  }

  private void requireReadable(String name, Path file) throws Failure {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new Failure(ExitCode.FAILED, "%s: cannot read %s".formatted(name, file));
    }
    try {
      var permissions = Files.getPosixFilePermissions(file);
      if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
        stdio.remark("every user of this machine can read %s: chmod 600 it".formatted(file));
      }
    } catch (IOException | UnsupportedOperationException _) {
      // Only a remark is lost.
    }
  }
}
