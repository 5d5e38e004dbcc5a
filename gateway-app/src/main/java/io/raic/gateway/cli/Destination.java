package io.raic.gateway.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a file goes that a command reads; on close without {@link #commit}, nowhere. */
interface Destination extends Closeable {
  /** Returns where to write the bytes; failures are {@link Failure}s that name the place. */
  OutputStream stream();

  /** Declares the bytes complete; to be called once, before {@link #close}. */
  void commit() throws Failure;

  @Override
  void close();

  /**
   * Opens the destination the user asked for: standard output if none or "-". A regular file is
   * replaced when all of it is there, and left as it was if that never happens; what is no regular
   * file, such as a pipe or a device, is written to directly.
   */
  static Destination open(Optional<Path> file, Stdio stdio) throws Failure {
    if (file.isEmpty() || file.get().toString().equals("-")) {
      return new Direct(stdio.out());
    }
    var path = file.get();
    if (Files.isDirectory(path)) {
      throw new Failure(ExitCode.FAILED, "cannot write " + path + ": it is a directory");
    }
    if (!Files.exists(path) || Files.isRegularFile(path)) {
      return NewFile.replacing(path);
    }
    try {
      return new Direct(Files.newOutputStream(path));
    } catch (IOException e) {
      throw Failure.of("cannot write " + path, e);
    }
  }

  /**
   * Keeps what it gets at once.
   *
   * @param stream where to
   */
  record Direct(OutputStream stream) implements Destination {
    @Override
    public void commit() throws Failure {
      try {
        stream.close();
      } catch (IOException e) {
        throw Failure.of("cannot write all of the output", e);
      }
    }

    @Override
    public void close() {
      // What was written cannot be taken back.
    }
  }
}
