package io.raic.gateway.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Where temporary files are made.
 *
 * @param path the directory; made when it is needed
 * @param random for their keys
 */
record SpoolDirectory(Path path, SecureRandom random) {
  /** Returns a new temporary file. */
  SpoolFile create() throws IOException {
    Files.createDirectories(path);
    return SpoolFile.create(path, random);
  }
}
