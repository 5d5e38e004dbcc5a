package io.raic.gateway.cli;

import java.io.Console;
import java.util.Optional;

/** Somebody who can be asked. */
interface Keyboard {
  /** Asks for a line that is not shown while it is typed. */
  String secret(String question) throws Failure;

  /** Asks for a line. */
  String line(String question) throws Failure;

  /** Returns whoever sits at this process's terminal; empty if standard input is none. */
  @SuppressWarnings("SystemConsoleNull") // It is null where a standard stream is no terminal.
  static Optional<Keyboard> ofProcess() {
    var console = System.console();
    if (console != null && console.isTerminal()) {
      return Optional.of(new Terminal(console));
    }
    return Boolean.getBoolean(Stdio.INPUT_TERMINAL_PROPERTY)
        ? Optional.of(new Blind())
        : Optional.empty();
  }

  /**
   * A terminal that can hide what is typed.
   *
   * @param console Java's own
   */
  record Terminal(Console console) implements Keyboard {
    @Override
    public String secret(String question) throws Failure {
      char[] typed = console.readPassword("%s", question);
      if (typed == null) {
        throw nothing();
      }
      return new String(typed);
    }

    @Override
    public String line(String question) throws Failure {
      String typed = console.readLine("%s", question);
      if (typed == null) {
        throw nothing();
      }
      return typed;
    }

    private static Failure nothing() {
      return new Failure(ExitCode.FAILED, "nothing was typed");
    }
  }

  /** Java asks only where it can both read and write: what is typed would be shown. */
  record Blind() implements Keyboard {
    @Override
    public String secret(String question) throws Failure {
      throw refusal();
    }

    @Override
    public String line(String question) throws Failure {
      throw refusal();
    }

    private static Failure refusal() {
      return new Failure(
          ExitCode.FAILED, "standard output is no terminal: cannot ask anything on this one");
    }
  }
}
