package io.raic.gateway.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A file that appears under its name when it is complete: a temporary file beside it, made durable
 * and renamed. Neither an error nor Ctrl-C leaves half a file.
 */
final class NewFile implements Destination {
  private static final int BUFFER = 1 << 16;
  private static final int RANDOM_BYTES = 6;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final int MAX_LINKS = 40;

  private final Path target;
  private final Path temporary;
  private final Optional<Set<PosixFilePermission>> permissions;
  private final boolean replaces;
  private final FileChannel channel;
  private final OutputStream stream;
  private boolean published;

  private NewFile(
      Path target,
      Path temporary,
      Optional<Set<PosixFilePermission>> permissions,
      boolean replaces,
      FileChannel channel) {
    this.target = target;
    this.temporary = temporary;
    this.permissions = permissions;
    this.replaces = replaces;
    this.channel = channel;
    this.stream =
        new BufferedOutputStream(new Named(Channels.newOutputStream(channel), target), BUFFER);
  }

  /** Opens a file that will replace {@code path}, through any links, or come to be there. */
  static NewFile replacing(Path path) throws Failure {
    try {
      var target = behindLinks(path);
      boolean replaces = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
      var permissions = replaces ? permissions(target) : Optional.<Set<PosixFilePermission>>empty();
      byte[] random = new byte[RANDOM_BYTES];
      RANDOM.nextBytes(random);
      var temporary =
          target.resolveSibling(".raic-%s.part".formatted(HexFormat.of().formatHex(random)));
      var channel =
          FileChannel.open(
              temporary,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              attributes(permissions));
      // Ctrl-C ends the process without unwinding the stack.
      temporary.toFile().deleteOnExit();
      return new NewFile(target, temporary, permissions, replaces, channel);
    } catch (IOException e) {
      throw Failure.of("cannot write " + path, e);
    }
  }

  /** Returns where {@code path} leads to, which need not be there: a link may come first. */
  private static Path behindLinks(Path path) throws IOException {
    var target = path.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemException(path.toString(), null, "too many symbolic links");
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  /** Returns the permissions of {@code file}; none where the system has no such thing. */
  private static Optional<Set<PosixFilePermission>> permissions(Path file) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view == null
        ? Optional.empty()
        : Optional.of(Set.copyOf(view.readAttributes().permissions()));
  }

  /**
   * Has a file made with what its owner and others may do with the one it replaces: it must not be
   * open to more while it grows. It can be written whatever they are: it is opened only once.
   */
  private static FileAttribute<?>[] attributes(Optional<Set<PosixFilePermission>> permissions) {
    return permissions.map(PosixFilePermissions::asFileAttribute).stream()
        .toArray(FileAttribute<?>[]::new);
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  @Override
  public void commit() throws Failure {
    finish();
    publish();
  }

  /** Makes all that was written durable, under no name yet; what can fail has failed then. */
  void finish() throws Failure {
    try {
      stream.flush();
      channel.force(true);
      channel.close();
      if (permissions.isPresent()) {
        // What the umask took away when the file was made.
        Files.setPosixFilePermissions(temporary, permissions.get());
      }
    } catch (IOException e) {
      throw Failure.of("cannot write " + target, e);
    }
  }

  /** Lets the finished file appear under its name. */
  void publish() throws Failure {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      published = true;
    } catch (IOException e) {
      throw Failure.of("cannot write " + target, e);
    }
  }

  /**
   * Removes the published file again: it belongs to others that could not be. One that replaced
   * another stays, as nothing would bring the other back.
   */
  void withdraw() {
    if (published && !replaces) {
      try {
        Files.deleteIfExists(target);
      } catch (IOException _) {
        // The failure that brought us here is the one to tell.
      }
    }
  }

  @Override
  public void close() {
    if (published) {
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
