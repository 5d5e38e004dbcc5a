package io.raic.gateway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Makes one line of whatever stopped a command: no stack trace unless {@code RAIC_DEBUG} is set,
 * and never a capability, whoever wrote it into a message.
 */
final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final int MAX_CHARACTERS = 600;
  private static final Pattern CAPABILITY = Pattern.compile("(?i)URI(:|%3A)[^\\s'\"]*");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]+");

  private final Stdio stdio;

  ErrorReport(Stdio stdio) {
    this.stdio = stdio;
  }

  /** Returns {@code text} without line breaks, terminal controls and capabilities. */
  static String oneLine(String text) {
    String line = CAPABILITY.matcher(text).replaceAll("URI:[redacted]");
    line = UNPRINTABLE.matcher(line).replaceAll(" ").strip();
    return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS) + "…";
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    var failure =
        switch (e) {
          case Failure known -> known;
          case IOException io -> new Failure(ExitCode.FAILED, Failure.reason(io), io);
          case RuntimeException _ when e.getMessage() != null ->
              new Failure(ExitCode.FAILED, e.getMessage(), e);
          default -> new Failure(ExitCode.FAILED, e.toString(), e);
        };
    report(failure);
    return failure.code().number();
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    report(Failure.usage(wording(e) + "; see: " + helpFor(e.getCommandLine())));
    return ExitCode.USAGE.number();
  }

  private static String wording(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String argument = String.valueOf(unmatched.getUnmatched().getFirst());
      if (argument.startsWith("-")) {
        return "there is no option " + argument;
      }
      boolean top = e.getCommandLine().getParent() == null;
      return (top ? "there is no command " : "one argument too many: ") + argument;
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing.getMissing().getFirst().paramLabel() + " is missing";
    }
    return String.valueOf(e.getMessage());
  }

  private static String helpFor(CommandLine command) {
    return command.getParent() == null ? "raic help" : "raic help " + command.getCommandName();
  }

  private void report(Failure failure) {
    if (failure.code() != ExitCode.OUTPUT_CLOSED) {
      stdio.remark(String.valueOf(failure.getMessage()));
    }
    if (stdio.environment().containsKey("RAIC_DEBUG")) {
      var trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      stdio.err().print(CAPABILITY.matcher(trace.toString()).replaceAll("URI:[redacted]"));
    }
  }
}
