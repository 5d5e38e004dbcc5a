package io.raic.gateway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Makes one line of whatever stopped a command: no stack trace unless {@code RAIC_DEBUG} is set,
 * and never a capability or a token, whoever wrote it into a message.
 */
final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final int MAX_CHARACTERS = 600;

  /**
   * Whatever follows the kind of a capability, or stands in place of it and is longer than any: the
   * kind itself is no secret, and messages tell of it.
   */
  private static final Pattern CAPABILITY =
      Pattern.compile(
          "(?i)(URI(?::|%3A))(?:([A-Z0-9-]{1,18}(?::|%3A))[^\\s'\"]*[^\\s'\",;]"
              + "|[^\\s'\"]{18,}[^\\s'\",;])");

  private static final Pattern TOKEN = Pattern.compile("raic_[a-z2-7]{20,}");

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]+");

  private final Stdio stdio;

  ErrorReport(Stdio stdio) {
    this.stdio = stdio;
  }

  /** Returns {@code text} without line breaks, terminal controls and capabilities. */
  static String oneLine(String text) {
    String line = UNPRINTABLE.matcher(redacted(text)).replaceAll(" ").strip();
    return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS) + "…";
  }

  private static String redacted(String text) {
    return CAPABILITY
        .matcher(TOKEN.matcher(text).replaceAll("raic_[redacted]"))
        .replaceAll(found -> found.group(1) + kind(found.group(2)) + "[redacted]");
  }

  private static String kind(@Nullable String kind) {
    return kind == null ? "" : kind;
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
      boolean isGroup = !e.getCommandLine().getSubcommands().isEmpty();
      return (isGroup ? "there is no command " : "one argument too many: ") + argument;
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing.getMissing().getFirst().paramLabel() + " is missing";
    }
    if (e.getCause() instanceof TypeConversionException conversion && e.getArgSpec() != null) {
      return "%s: %s".formatted(name(e.getArgSpec()), conversion.getMessage());
    }
    return String.valueOf(e.getMessage());
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String helpFor(CommandLine command) {
    var parent = command.getParent();
    if (parent == null) {
      return "raic help";
    }
    return parent.getParent() == null
        ? "raic help " + command.getCommandName()
        : command.getCommandSpec().qualifiedName() + " --help";
  }

  private void report(Failure failure) {
    if (failure.code() != ExitCode.OUTPUT_CLOSED) {
      stdio.remark(String.valueOf(failure.getMessage()));
    }
    if (stdio.environment().containsKey("RAIC_DEBUG")) {
      var trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      stdio.err().print(redacted(trace.toString()));
    }
  }
}
