package io.raic.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.raic.crypto.bytes.Base32;
import io.raic.crypto.bytes.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where the key of a new file comes from. */
final class KeyOptions {
  /** No sensible secret is longer; the usual one is 52 characters. */
  private static final int MAX_SECRET_CHARACTERS = 4096;

  @Option(
      names = "--random-key",
      description = "Encrypt with a random key: the default, as no secret is needed.")
  private boolean randomKey;

  @Option(
      names = "--convergence",
      paramLabel = "BASE32",
      description = {
        "Derive the key from the content and this secret (may be empty): the same file, secret and"
            + " encoding give the same capability and shares again."
      })
  private Optional<String> convergence = Optional.empty();

  @Option(
      names = "--convergence-file",
      paramLabel = "FILE",
      description = "Like --convergence, with the secret that FILE holds.")
  private Optional<Path> convergenceFile = Optional.empty();

  /**
   * Returns the secret to derive the key with; empty if the key is to be random.
   *
   * @throws Failure if there is more than one answer, or no base32
   */
  Optional<Secret> secret() throws Failure {
    long given =
        Stream.of(randomKey, convergence.isPresent(), convergenceFile.isPresent())
            .filter(isGiven -> isGiven)
            .count();
    if (given > 1) {
      throw Failure.usage("--random-key, --convergence and --convergence-file exclude each other");
    }
    if (convergenceFile.isPresent()) {
      return Optional.of(parse(text(convergenceFile.get())));
    }
    return convergence.isPresent() ? Optional.of(parse(convergence.get())) : Optional.empty();
  }

  private static String text(Path file) throws Failure {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_SECRET_CHARACTERS + 1), UTF_8);
    } catch (IOException e) {
      throw Failure.of("cannot read the convergence secret from " + file, e);
    }
  }

  private static Secret parse(String text) throws Failure {
    String secret = text.strip();
    if (secret.length() > MAX_SECRET_CHARACTERS) {
      throw Failure.usage(
          "a convergence secret has at most %d characters".formatted(MAX_SECRET_CHARACTERS));
    }
    try {
      return Secret.copyOf(Base32.decode(secret));
    } catch (IllegalArgumentException e) {
      throw Failure.usage("the convergence secret is no base32: " + e.getMessage());
    }
  }
}
