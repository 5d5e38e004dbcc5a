package io.raic.gateway.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.raic.crypto.bytes.Base32;
import io.raic.crypto.bytes.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * The secret that convergent keys are made with, in a file of base32 that only its owner can read.
 *
 * <p>Without it the same content gets another capability than before; every capability made with it
 * works without it all the same. Format §3.2.
 */
public final class ConvergenceSecret {
  private static final int LENGTH = 32;
  private static final int MAX_CHARACTERS = 4096;

  private ConvergenceSecret() {}

  /**
   * Reads the secret of {@code file}, or makes a random one there if there is no such file. An
   * empty file is the empty secret, which converges with everybody who uses none.
   *
   * @throws IOException if the file cannot be read or made, or holds no base32
   */
  public static Secret loadOrCreate(Path file, SecureRandom random) throws IOException {
    try {
      return load(file);
    } catch (NoSuchFileException _) {
      create(file, random);
      return load(file);
    }
  }

  private static Secret load(Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) > MAX_CHARACTERS) {
      throw new IOException("%s is no convergence secret: it is too long".formatted(file));
    }
    try {
      return Secret.copyOf(Base32.decode(Files.readString(file, US_ASCII).strip()));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s is no convergence secret: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void create(Path file, SecureRandom random) throws IOException {
    byte[] secret = new byte[LENGTH];
    random.nextBytes(secret);
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    try (var channel =
        FileChannel.open(
            next,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(ownerOnly))) {
      channel.write(ByteBuffer.wrap((Base32.encode(secret) + "\n").getBytes(US_ASCII)));
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
