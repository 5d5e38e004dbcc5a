package io.raic.gateway.file;

import io.raic.crypto.bytes.Secret;
import io.raic.crypto.cipher.Convergence;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.file.Encoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * A plaintext that has to be read twice, or whose length has to be known first: in memory as long
 * as it is small, then in a {@link SpoolFile}, encrypted with a key that only this object has.
 *
 * <p>Memory: at most {@code memoryBytes}, which is never less than a segment, and grows with what
 * arrives. For one thread at a time.
 */
final class Spool implements AutoCloseable {
  private static final int FIRST_BYTES = 64 << 10;

  private final Encoding encoding;
  private final Optional<Secret> secret;
  private final SpoolDirectory directory;
  private final int memoryBytes;
  private byte[] memory;
  private int inMemory;
  private Optional<SpoolFile> file = Optional.empty();
  private Optional<Convergence> convergence = Optional.empty();

  private Spool(
      Encoding encoding, Optional<Secret> secret, SpoolDirectory directory, int memoryBytes) {
    this.encoding = encoding;
    this.secret = secret;
    this.directory = directory;
    this.memoryBytes = memoryBytes;
    this.memory = new byte[Math.min(FIRST_BYTES, memoryBytes)];
  }

  /**
   * Reads {@code plaintext} to its end.
   *
   * @param secret what the key is to converge with; empty if no convergent key is wanted
   * @param memoryBytes what may be kept in memory
   * @throws IOException of the plaintext or of the disk; nothing is kept then
   */
  static Spool of(
      InputStream plaintext,
      Encoding encoding,
      Optional<Secret> secret,
      SpoolDirectory directory,
      int memoryBytes)
      throws IOException {
    int atLeast = segmentBytes(encoding);
    var spool = new Spool(encoding, secret, directory, Math.max(memoryBytes, atLeast));
    try {
      spool.fill(plaintext);
      return spool;
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  private static int segmentBytes(Encoding encoding) {
    return encoding.geometry(Integer.MAX_VALUE).segmentBytes();
  }

  private void fill(InputStream plaintext) throws IOException {
    int got;
    while ((got = plaintext.read(memory, inMemory, memory.length - inMemory)) >= 0) {
      inMemory += got;
      if (inMemory == memory.length) {
        if (inMemory == memoryBytes) {
          spill(plaintext);
          return;
        }
        memory = Arrays.copyOf(memory, (int) Math.min(memoryBytes, 2L * memory.length));
      }
    }
    if (inMemory > Encoding.MAX_LITERAL_BYTES) {
      converge(encoding.geometry(inMemory).segmentBytes());
    }
  }

  /** The memory is full, so the file is longer than a segment and the segments' length is known. */
  private void spill(InputStream plaintext) throws IOException {
    converge(segmentBytes(encoding));
    var spilled = directory.create();
    file = Optional.of(spilled);
    spilled.write(memory, inMemory);
    int piece = Math.min(memory.length, SpoolFile.BUFFER);
    int got;
    while ((got = plaintext.readNBytes(memory, 0, piece)) > 0) {
      if (convergence.isPresent()) {
        convergence.get().update(memory, 0, got);
      }
      spilled.write(memory, got);
    }
    memory = new byte[0];
    inMemory = 0;
  }

  private void converge(int segmentBytes) {
    convergence =
        secret.map(s -> Convergence.of(s, encoding.needed(), encoding.total(), segmentBytes));
    convergence.ifPresent(c -> c.update(memory, 0, inMemory));
  }

  /** Returns the length of the plaintext. */
  long size() {
    return file.map(SpoolFile::size).orElse((long) inMemory);
  }

  /** Returns the convergent key; empty if none was wanted. Once. */
  Optional<FileKey> convergentKey() {
    return convergence.map(Convergence::key);
  }

  /** Returns the plaintext from its start. */
  InputStream open() {
    return file.<InputStream>map(SpoolFile::open)
        .orElseGet(() -> new ByteArrayInputStream(memory, 0, inMemory));
  }

  @Override
  public void close() throws IOException {
    Arrays.fill(memory, (byte) 0);
    if (file.isPresent()) {
      file.get().close();
    }
  }
}
