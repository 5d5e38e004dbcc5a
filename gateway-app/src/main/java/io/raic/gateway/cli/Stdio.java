package io.raic.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a command reads, writes and may know of its surroundings.
 *
 * @param in standard input
 * @param out standard output: results, and nothing else
 * @param err standard error: progress, remarks and errors
 * @param terminal whether somebody looks at standard error
 * @param environment the environment variables
 * @param nanoClock counts nanoseconds, as {@link System#nanoTime}
 * @param keyboard whoever can be asked, if somebody can
 */
record Stdio(
    InputStream in,
    OutputStream out,
    PrintStream err,
    boolean terminal,
    Map<String, String> environment,
    LongSupplier nanoClock,
    Supplier<Optional<Keyboard>> keyboard) {

  /** The launcher sets this one: Java cannot ask whether standard error alone is a terminal. */
  private static final String TERMINAL_PROPERTY = "raic.terminal";

  /** The launcher sets this one where standard input is a terminal. */
  static final String INPUT_TERMINAL_PROPERTY = "raic.input.terminal";

  /** Makes a failed write to {@code out} a {@link Failure} that says so. */
  Stdio {
    out = new ResultStream(out);
  }

  /** Returns those of this process. */
  static Stdio ofProcess() {
    return new Stdio(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        System.err,
        Boolean.getBoolean(TERMINAL_PROPERTY),
        System.getenv(),
        System::nanoTime,
        Keyboard::ofProcess);
  }

  /** Prints a result, and returns when whoever reads standard output can have it. */
  void print(String line) throws Failure {
    try {
      out.write((line + "\n").getBytes(UTF_8));
      out.flush();
    } catch (IOException e) {
      throw Failure.of("cannot write to standard output", e);
    }
  }

  /** Remarks something on standard error, in one line that shows no capability. */
  void remark(String line) {
    err.println("raic: " + ErrorReport.oneLine(line));
  }

  /** Java's own {@link System#out} hides errors, and a lost capability must not go unnoticed. */
  private static final class ResultStream extends FilterOutputStream {
    ResultStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
      try {
        out.write(data, offset, length);
      } catch (IOException e) {
        if (e.getMessage() != null && e.getMessage().contains("Broken pipe")) {
          throw new Failure(ExitCode.OUTPUT_CLOSED, "standard output was closed", e);
        }
        throw Failure.of("cannot write to standard output", e);
      }
    }

    /** The process's own streams stay open: they are not a command's to close. */
    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
