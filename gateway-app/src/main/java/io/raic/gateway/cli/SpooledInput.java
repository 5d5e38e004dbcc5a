package io.raic.gateway.cli;

import io.raic.gateway.file.SpoolFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;

/** A stream kept in an encrypted temporary file, because its length is needed first. */
final class SpooledInput implements Plaintext {
  private static final int CHUNK = 1 << 16;

  private final SpoolFile file;

  private SpooledInput(SpoolFile file) {
    this.file = file;
  }

  /** Reads {@code in} to its end. */
  static SpooledInput of(InputStream in, Progress progress) throws Failure {
    var directory = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      var file = SpoolFile.create(directory, new SecureRandom());
      var spooled = new SpooledInput(file);
      try {
        fill(file, in, progress);
        return spooled;
      } catch (IOException e) {
        spooled.close();
        throw e;
      }
    } catch (IOException e) {
      throw Failure.of("cannot keep the input in " + directory, e);
    }
  }

  private static void fill(SpoolFile file, InputStream in, Progress progress) throws IOException {
    byte[] chunk = new byte[CHUNK];
    while (true) {
      int got;
      try {
        got = in.readNBytes(chunk, 0, CHUNK);
      } catch (IOException e) {
        throw Failure.of("cannot read the input", e);
      }
      file.write(chunk, got);
      progress.advance(got);
      progress.tick();
      if (got < CHUNK) {
        return;
      }
    }
  }

  @Override
  public long length() {
    return file.size();
  }

  @Override
  public InputStream open() {
    return new FilterInputStream(file.open()) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        try {
          return in.read(target, offset, length);
        } catch (IOException e) {
          throw Failure.of("cannot read back the input", e);
        }
      }
    };
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException _) {
      // The file is gone all the same.
    }
  }
}
