package io.raic.gateway.cli;

import picocli.CommandLine.Option;

/** Whether the user wants to see how far a command is. */
final class QuietOption {
  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress.")
  private boolean quiet;

  /** Starts a progress line, which is drawn only where somebody can see it. */
  Progress progress(Stdio stdio) {
    return Progress.start(stdio, quiet);
  }
}
