package io.raic.gateway.file;

import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.cipher.SegmentCipher;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * A temporary file that nobody else can read and that cannot outlive the process: it is encrypted
 * with a key that is only in memory, and has no name once it is open.
 *
 * <p>For one thread at a time.
 */
public final class SpoolFile implements AutoCloseable {
  /** What goes to the file at once: it has its memory from the system in pieces so large. */
  static final int BUFFER = 128 << 10;

  /** The memory that a file takes while it is written or read. */
  static final long MEMORY_BYTES = BUFFER;

  private final FileChannel channel;
  private final FileKey key;
  private final SegmentCipher cipher;
  private final byte[] encrypted = new byte[BUFFER];
  private long size;

  private SpoolFile(FileChannel channel, FileKey key) {
    this.channel = channel;
    this.key = key;
    this.cipher = new SegmentCipher(key);
  }

  /** Makes an empty file in {@code directory}. */
  public static SpoolFile create(Path directory, SecureRandom random) throws IOException {
    var path = Files.createTempFile(directory, "spool", "");
    // Where the system lets a file go on without a name, this takes the name away now.
    var channel =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    return new SpoolFile(channel, FileKey.random(random));
  }

  /** Adds the first {@code length} bytes of {@code data}. */
  public void write(byte[] data, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int part = Math.min(BUFFER, length - done);
      cipher.apply(size, data, done, encrypted, 0, part);
      var buffer = ByteBuffer.wrap(encrypted, 0, part);
      while (buffer.hasRemaining()) {
        channel.write(buffer, size + buffer.position());
      }
      size += part;
      done += part;
    }
  }

  /** Returns how many bytes were written. */
  public long size() {
    return size;
  }

  /** Returns what was written, from the start. */
  public InputStream open() {
    return new Reader();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private final class Reader extends InputStream {
    private final SegmentCipher decipher = new SegmentCipher(key);
    private long position;

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (position == size) {
        return -1;
      }
      int wanted = (int) Math.min(Math.min(length, BUFFER), size - position);
      int got = channel.read(ByteBuffer.wrap(encrypted, 0, wanted), position);
      if (got < 0) {
        throw new EOFException("the temporary file was cut off");
      }
      decipher.apply(position, encrypted, 0, target, offset, got);
      position += got;
      return got;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
  }
}
