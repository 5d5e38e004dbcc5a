package io.raic.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import picocli.CommandLine.Option;

/** Where a new password comes from; never the command line, which others can see. */
final class NewPassword {
  private static final int MAX_BYTES = 4096;

  @Option(
      names = "--one-time",
      description = "Print a random one, which has to be changed at the next login.")
  private boolean oneTime;

  boolean isOneTime() {
    return oneTime;
  }

  /** Asks for one twice, or takes the first line of standard input where nobody can be asked. */
  String chosen(Stdio stdio) throws Failure {
    var keyboard = stdio.keyboard().get();
    if (keyboard.isEmpty()) {
      return firstLine(stdio);
    }
    String password = keyboard.get().secret("New password: ");
    if (!password.equals(keyboard.get().secret("The same again: "))) {
      throw new Failure(ExitCode.FAILED, "these were two different passwords");
    }
    return password;
  }

  private static String firstLine(Stdio stdio) throws Failure {
    try {
      return new String(stdio.in().readNBytes(MAX_BYTES), UTF_8).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw Failure.of("cannot read the password from standard input", e);
    }
  }
}
