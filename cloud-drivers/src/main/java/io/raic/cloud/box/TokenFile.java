package io.raic.cloud.box;

import io.raic.cloud.Secret;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The file with the refresh token, which is another one after each use.
 *
 * <p>It is replaced as a whole, with the rights of its owner only, and synced, before the new token
 * is used. Room for it is taken before the old one is given away, so that a full disk does not lose
 * both. Somebody who sets a store up writes the refresh token into it, and nothing else.
 */
final class TokenFile {
  private static final int MAX_BYTES = 1 << 14;
  private static final String RIGHTS = "rw-------";

  /**
   * What it holds.
   *
   * @param refresh the token for the next access token
   * @param obtained when that was given; empty if somebody wrote it into the file
   * @param access the access token that came with it, if one did
   */
  record Content(Secret refresh, Optional<Instant> obtained, Optional<BoxTokens.Token> access) {}

  private final Path path;

  TokenFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  Path path() {
    return path;
  }

  /** The file that a process holds a lock on while it changes the tokens. */
  Path lockPath() {
    return sibling(".lock");
  }

  private Path sibling(String ending) {
    return path.resolveSibling(path.getFileName() + ending);
  }

  Content read() throws IOException {
    String text;
    try (var in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("the token file is too long");
      }
      text = new String(bytes, StandardCharsets.UTF_8).strip();
    }
    if (BoxGrants.isToken(text) && !text.contains("=")) {
      return new Content(Secret.of(text), Optional.empty(), Optional.empty());
    }
    var refresh = value(text, "refresh-token");
    if (refresh.isEmpty()) {
      throw new IOException("the token file holds no refresh token");
    }
    var end = value(text, "access-end").flatMap(TokenFile::time);
    var access =
        value(text, "access-token")
            .flatMap(token -> end.map(e -> new BoxTokens.Token(Secret.of(token), e)));
    return new Content(
        Secret.of(refresh.get()), value(text, "obtained").flatMap(TokenFile::time), access);
  }

  private static Optional<String> value(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1).strip())
        .filter(BoxGrants::isToken)
        .findFirst();
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Makes room for the next content; it becomes visible by {@link Room#fill}. */
  Room room() throws IOException {
    var next = sibling(".next");
    Files.deleteIfExists(next);
    Files.createFile(next, rights(next));
    // Not a channel: an interrupt would close that, and lose what Box has just given.
    var out = new RandomAccessFile(next.toFile(), "rw");
    try {
      out.write(new byte[MAX_BYTES]);
      out.getFD().sync();
      return new Room(out, next);
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  static FileAttribute<?>[] rights(Path file) {
    boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(RIGHTS))
        }
        : new FileAttribute<?>[0];
  }

  /** A file that has its space, but is not yet the one that is read. */
  final class Room implements AutoCloseable {
    private final RandomAccessFile out;
    private final Path next;

    private Room(RandomAccessFile out, Path next) {
      this.out = out;
      this.next = next;
    }

    /** Writes the content and puts it in the place of the old one. */
    void fill(Secret refresh, Instant obtained, BoxTokens.Token access) throws IOException {
      byte[] text =
          """
          refresh-token=%s
          obtained=%s
          access-token=%s
          access-end=%s
          """
              .formatted(refresh.reveal(), obtained, access.secret().reveal(), access.end())
              .getBytes(StandardCharsets.UTF_8);
      out.seek(0);
      out.write(text);
      out.setLength(text.length);
      out.getFD().sync();
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncDirectory();
    }

    /** Makes the new name outlive a crash, where the system can do that. */
    private void syncDirectory() {
      var parent = path.getParent();
      if (parent != null) {
        try (var directory = FileChannel.open(parent)) {
          directory.force(true);
        } catch (IOException _) {
          // The content is there and synced; a system that opens no directories names it in time.
        }
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
      Files.deleteIfExists(next);
    }
  }
}
