package io.raic.gateway.cli;

/** What the {@code raic} command ends with: scripts may rely on these numbers. */
enum ExitCode {
  /** All was done. */
  OK(0, "done"),
  /** Refused, or failed for a reason that trying again will not change. */
  FAILED(1, "failed: refused, or a local file could not be read or written"),
  /** The command line is wrong. */
  USAGE(2, "wrong command line, or no capability"),
  /** Too few good shares are left: the file cannot be rebuilt from what was found. */
  UNRECOVERABLE(3, "the file cannot be rebuilt: too few good shares were found"),
  /** No gateway answers, or it cannot do this just now. */
  UNAVAILABLE(4, "no gateway answers, the transfer broke off, or the gateway cannot do it now"),
  /** The file is readable, but some of its shares are missing or bad. */
  UNHEALTHY(5, "check: the file is readable, but some shares are missing or bad"),
  /** Ctrl-C: as a shell, and Java itself, report SIGINT. */
  INTERRUPTED(130, "stopped by Ctrl-C"),
  /** Whoever read standard output stopped reading: as a shell reports SIGPIPE. */
  OUTPUT_CLOSED(141, "standard output was closed before all was written");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** Returns the number the process ends with. */
  int number() {
    return number;
  }

  /** Returns what it means, for the help. */
  String meaning() {
    return meaning;
  }
}
