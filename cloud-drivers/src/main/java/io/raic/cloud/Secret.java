package io.raic.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A credential: a text that is nowhere printed by accident. One in a file is read anew each time it
 * is needed, so that it can be changed under a running gateway.
 */
public final class Secret {
  /** The longest credential; a key file of a provider is a few KB. */
  private static final int MAX_BYTES = 1 << 16;

  @FunctionalInterface
  private interface Source {
    String read();
  }

  private final Source source;

  private Secret(Source source) {
    this.source = source;
  }

  /** Returns the secret {@code text}. */
  public static Secret of(String text) {
    return new Secret(() -> text);
  }

  /** Returns the secret that {@code file} holds, without the line's end after it. */
  public static Secret inFile(Path file) {
    return new Secret(() -> read(file));
  }

  private static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalStateException(
            "%s is longer than the %d bytes of a credential".formatted(file, MAX_BYTES));
      }
      return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot read %s: %s".formatted(file, e.getClass().getSimpleName()), e);
    }
  }

  /**
   * Returns the text; the caller lets it go nowhere but to the provider.
   *
   * @throws IllegalStateException if its file cannot be read; the message names the file
   */
  public String reveal() {
    return source.read();
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
