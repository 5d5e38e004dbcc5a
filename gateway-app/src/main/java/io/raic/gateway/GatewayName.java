package io.raic.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a gateway is called among those that share a database: the same as long as its directory.
 */
final class GatewayName {
  private static final Pattern VALID = Pattern.compile("[0-9a-f]{8}");

  private GatewayName() {}

  /** Reads the name from {@code file}, or makes one there if there is none that can be used. */
  static String loadOrCreate(Path file, SecureRandom random) {
    try {
      String name = read(file);
      if (!VALID.matcher(name).matches()) {
        byte[] bytes = new byte[4];
        random.nextBytes(bytes);
        name = HexFormat.of().formatHex(bytes);
        Files.writeString(file, name + "\n", US_ASCII);
      }
      return name;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "raic.data: %s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(64), US_ASCII).strip();
    } catch (NoSuchFileException _) {
      return "";
    }
  }
}
