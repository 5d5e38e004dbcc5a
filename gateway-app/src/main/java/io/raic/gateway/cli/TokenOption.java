package io.raic.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/**
 * Where the token for a gateway comes from; never from the command line, which other users of the
 * machine see.
 */
final class TokenOption {
  private static final String VARIABLE = "RAIC_TOKEN";

  /** No token is longer; what is no token is not sent anywhere. */
  private static final int MAX_CHARACTERS = 1024;

  private static final Pattern SHAPE =
      Pattern.compile("[A-Za-z0-9._~+/=-]{1," + MAX_CHARACTERS + "}");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Reads the token for the gateway from FILE (else RAIC_TOKEN is it).")
  private Optional<Path> file = Optional.empty();

  /**
   * Returns the token, if there is one.
   *
   * @throws Failure if the file cannot be read, or what is there cannot be a token
   */
  Optional<String> read(Stdio stdio) throws Failure {
    if (file.isPresent()) {
      return Optional.of(checked(text(file.get()), file.get().toString()));
    }
    String given = stdio.environment().getOrDefault(VARIABLE, "");
    return given.isEmpty() ? Optional.empty() : Optional.of(checked(given, VARIABLE));
  }

  private static String text(Path file) throws Failure {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_CHARACTERS + 2), UTF_8);
    } catch (IOException e) {
      throw Failure.of("cannot read the token from " + file, e);
    }
  }

  private static String checked(String text, String where) throws Failure {
    String token = text.strip();
    if (!SHAPE.matcher(token).matches()) {
      throw Failure.usage("there is no token in " + where);
    }
    return token;
  }
}
