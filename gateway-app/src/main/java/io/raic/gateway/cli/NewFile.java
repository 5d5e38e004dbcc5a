package io.raic.gateway.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A file that appears under its name when it is complete: a temporary file beside it, made durable
 * and renamed. Neither an error nor Ctrl-C leaves half a file.
 */
final class NewFile implements Destination {
  private static final int BUFFER = 1 << 16;
  private static final int RANDOM_BYTES = 6;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private final OutputStream stream;
  private boolean committed;

  private NewFile(Path target, Path temporary, FileChannel channel) {
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
    this.stream =
        new BufferedOutputStream(new Named(Channels.newOutputStream(channel), target), BUFFER);
  }

  /** Opens a file that will replace {@code path}, through any links, or come to be there. */
  static NewFile replacing(Path path) throws Failure {
    try {
      var target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      byte[] random = new byte[RANDOM_BYTES];
      RANDOM.nextBytes(random);
      var temporary =
          target.resolveSibling(".raic-%s.part".formatted(HexFormat.of().formatHex(random)));
      var channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      // Ctrl-C ends the process without unwinding the stack.
      temporary.toFile().deleteOnExit();
      return new NewFile(target, temporary, channel);
    } catch (IOException e) {
      throw Failure.of("cannot write " + path, e);
    }
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  @Override
  public void commit() throws Failure {
    try {
      stream.flush();
      channel.force(true);
      channel.close();
      keepPermissions();
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      committed = true;
    } catch (IOException e) {
      throw Failure.of("cannot write " + target, e);
    }
  }

  /** Removes the file again if it was committed: it belongs to others that could not be. */
  void withdraw() {
    if (committed) {
      try {
        Files.deleteIfExists(target);
      } catch (IOException _) {
        // The failure that brought us here is the one to tell.
      }
    }
  }

  private void keepPermissions() throws IOException {
    var old =
        Files.getFileAttributeView(target, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (old != null && Files.exists(target)) {
      Files.setPosixFilePermissions(temporary, old.readAttributes().permissions());
    }
  }

  @Override
  public void close() {
    if (committed) {
      return;
    }
    try {
      channel.close();
      Files.deleteIfExists(temporary);
    } catch (IOException _) {
      // The failure that brought us here is the one to tell.
    }
  }

  /** Names the file in every error. */
  private static final class Named extends FilterOutputStream {
    private final Path file;

    Named(OutputStream out, Path file) {
      super(out);
      this.file = file;
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
      try {
        out.write(data, offset, length);
      } catch (IOException e) {
        throw Failure.of("cannot write " + file, e);
      }
    }
  }
}
