package io.raic.gateway.cli;

import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.cipher.SegmentCipher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/**
 * A stream kept in a temporary file, because its length is needed first: encrypted with a key that
 * is never written down, and gone with the process, however it ends.
 */
final class Spool implements Plaintext {
  private static final int CHUNK = 1 << 16;

  private final FileChannel channel;
  private final FileKey key;
  private long length;

  private Spool(FileChannel channel, FileKey key) {
    this.channel = channel;
    this.key = key;
  }

  /** Reads {@code in} to its end. */
  static Spool of(InputStream in, Progress progress) throws Failure {
    var directory = Path.of(System.getProperty("java.io.tmpdir"));
    FileChannel channel;
    try {
      var path = Files.createTempFile(directory, "raic-", ".spool");
      // On Unix this unlinks the file at once, so that nothing is left even after a kill -9.
      channel =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw Failure.of("cannot keep the input in " + directory, e);
    }
    var spool = new Spool(channel, FileKey.random(new SecureRandom()));
    try {
      spool.fill(in, progress);
      return spool;
    } catch (IOException e) {
      spool.close();
      throw Failure.of("cannot keep the input in " + directory, e);
    }
  }

  private void fill(InputStream in, Progress progress) throws IOException {
    var cipher = new SegmentCipher(key);
    byte[] plain = new byte[CHUNK];
    byte[] encrypted = new byte[CHUNK];
    while (true) {
      int got = in.readNBytes(plain, 0, CHUNK);
      cipher.apply(length, plain, 0, encrypted, 0, got);
      var buffer = ByteBuffer.wrap(encrypted, 0, got);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      length += got;
      progress.advance(got);
      progress.tick();
      if (got < CHUNK) {
        return;
      }
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public InputStream open() {
    return new Stream();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // The file is gone all the same.
    }
  }

  private final class Stream extends InputStream {
    private final SegmentCipher cipher = new SegmentCipher(key);
    private long position;
    private byte[] encrypted = new byte[0];

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      if (encrypted.length < count) {
        encrypted = new byte[count];
      }
      try {
        int got = channel.read(ByteBuffer.wrap(encrypted, 0, count), position);
        if (got > 0) {
          cipher.apply(position, encrypted, 0, target, offset, got);
          position += got;
        }
        return got;
      } catch (IOException e) {
        throw Failure.of("cannot read back the input", e);
      }
    }
  }
}
