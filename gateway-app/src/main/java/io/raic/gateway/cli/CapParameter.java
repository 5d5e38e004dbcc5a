package io.raic.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.raic.crypto.capability.Capabilities;
import io.raic.crypto.capability.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The capability a command works on. Other users of the machine see arguments in the list of
 * processes, so it can come from a file or standard input as well.
 */
final class CapParameter {
  @Parameters(
      arity = "0..1",
      paramLabel = "CAP",
      description = "The capability; - reads it from standard input.")
  private Optional<String> argument = Optional.empty();

  @Option(
      names = "--cap-file",
      paramLabel = "FILE",
      description = "Reads the capability from FILE instead of the command line.")
  private Optional<Path> file = Optional.empty();

  /**
   * Reads the capability from where the user put it.
   *
   * @throws Failure if it is missing, there twice, unreadable or no capability
   */
  Capability read(Stdio stdio) throws Failure {
    if (argument.isPresent() && file.isPresent()) {
      throw Failure.usage("CAP and --cap-file exclude each other");
    }
    if (file.isPresent()) {
      return ofFile(file.get());
    }
    return of(
        argument.orElseThrow(() -> Failure.usage("CAP is missing (or - or --cap-file FILE)")),
        stdio);
  }

  /** Reads the capability that {@code argument} is, or that standard input holds if it is "-". */
  static Capability of(String argument, Stdio stdio) throws Failure {
    if (!argument.equals("-")) {
      return parse(argument);
    }
    try {
      return parse(text(stdio.in()));
    } catch (IOException e) {
      throw Failure.of("cannot read the capability from standard input", e);
    }
  }

  /** Reads the capability that {@code file} holds. */
  static Capability ofFile(Path file) throws Failure {
    try (var in = Files.newInputStream(file)) {
      return parse(text(in));
    } catch (IOException e) {
      throw Failure.of("cannot read the capability from " + file, e);
    }
  }

  private static String text(InputStream in) throws IOException {
    // One more than any capability has: a longer text is refused, and not read to its end.
    return new String(in.readNBytes(Capabilities.MAX_CHARACTERS + 1), UTF_8);
  }

  private static Capability parse(String text) throws Failure {
    try {
      return Capabilities.parse(text.strip());
    } catch (IllegalArgumentException e) {
      // The parser's messages say where the text is wrong and quote none of it.
      throw Failure.usage("this is no capability: " + e.getMessage());
    }
  }
}
