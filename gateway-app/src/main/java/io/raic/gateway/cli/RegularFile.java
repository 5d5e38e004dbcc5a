package io.raic.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on disk, as long as it was when it was opened. */
final class RegularFile implements Plaintext {
  private final Path path;
  private final FileChannel channel;
  private final long length;

  private RegularFile(Path path, FileChannel channel, long length) {
    this.path = path;
    this.channel = channel;
    this.length = length;
  }

  /** Opens {@code path}, which is no directory. */
  static RegularFile open(Path path) throws Failure {
    try {
      var channel = FileChannel.open(path, StandardOpenOption.READ);
      return new RegularFile(path, channel, channel.size());
    } catch (IOException e) {
      throw Failure.of("cannot read " + path, e);
    }
  }

  /**
   * Says whether {@code path} is a file whose length means something: of pipes and devices it does
   * not, and they can be read only once.
   *
   * @throws Failure if it does not exist or is a directory
   */
  static boolean isOne(Path path) throws Failure {
    if (!Files.exists(path)) {
      throw new Failure(ExitCode.FAILED, "cannot read " + path + ": no such file");
    }
    if (Files.isDirectory(path)) {
      throw new Failure(ExitCode.FAILED, "cannot read " + path + ": it is a directory");
    }
    return Files.isRegularFile(path);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public InputStream open() {
    return new Stream();
  }

  /** Returns what stops a command whose input did not hold still. */
  Failure changed() {
    return new Failure(ExitCode.FAILED, path + " changed while it was read");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // Nothing was written.
    }
  }

  private final class Stream extends InputStream {
    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      try {
        int got = channel.read(ByteBuffer.wrap(target, offset, count), position);
        if (position + Math.max(0, got) > length || (got < 0 && position < length)) {
          throw changed();
        }
        position += Math.max(0, got);
        return got;
      } catch (IOException e) {
        throw Failure.of("cannot read " + path, e);
      }
    }
  }
}
