package io.raic.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The file in which {@code raic provider} keeps providers. People may edit it, and lose their
 * comments at the next command that writes it. Without a file there are no providers.
 */
final class ProviderFile {
  private static final int MAX_BYTES = 1 << 20;

  private static final String COMMENT =
      """
      # Providers that `raic provider add` made; a gateway reads them when it starts, after those
      # of its configuration. `raic provider remove` takes one out. Both write this file anew:
      # comments are lost. Credentials are in files of their own; relative paths begin here.
      """;

  private final Path path;

  ProviderFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /**
   * Reads all entries.
   *
   * @throws IllegalArgumentException if they cannot be read; the message tells where the file is
   *     wrong, and shows nothing of it
   */
  List<GivenSettings> read() {
    try {
      return ProviderYaml.parse(text());
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (CharacterCodingException _) {
      throw new IllegalArgumentException("%s is no UTF-8".formatted(path));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read %s: %s".formatted(path, e.getClass().getSimpleName()), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(path, e.getMessage()));
    }
  }

  private String text() throws IOException {
    try (var in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException(
            "it is longer than the %d bytes of a list of providers".formatted(MAX_BYTES));
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  /** Replaces all entries. */
  void write(List<GivenSettings> entries) throws IOException {
    byte[] content = (COMMENT + ProviderYaml.print(entries)).getBytes(UTF_8);
    if (content.length > MAX_BYTES) {
      throw new IOException("%s would be longer than %d bytes".formatted(path, MAX_BYTES));
    }
    OwnFile.replace(path, content);
  }
}
