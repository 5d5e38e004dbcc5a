package io.raic.gateway.file;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Cached segments as files of a directory, which may have others: those are left alone.
 *
 * <p>One thread at a time writes and deletes; any number read meanwhile, and find a whole file or
 * none.
 *
 * @param directory made when it is needed
 */
record SegmentFiles(Path directory) {
  private static final String ENDING = ".segment";
  private static final String UNFINISHED = ".unfinished";
  private static final Pattern OURS = Pattern.compile("[0-9a-f]{32}(\\.segment|\\.unfinished)");

  /** Removes all segments, also those of a process that was killed; makes the directory. */
  void empty() throws IOException {
    if (!Files.isDirectory(directory)) {
      var parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    removeAll();
  }

  /** Removes all segments, if there is a directory. */
  void removeAll() throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (var files = Files.newDirectoryStream(directory, SegmentFiles::isOurs)) {
      for (var file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static boolean isOurs(Path file) {
    return OURS.matcher(String.valueOf(file.getFileName())).matches()
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Writes a segment, which is there under its name once it is whole. */
  void write(String name, byte[] content) throws IOException {
    var unfinished = directory.resolve(name + UNFINISHED);
    try (var channel =
        FileChannel.open(
            unfinished,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      var buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
    Files.move(unfinished, path(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Reads a segment into the start of {@code target}.
   *
   * @return whether there were {@code length} bytes to read; what they are nobody vouches for
   */
  boolean read(String name, byte[] target, int length) {
    // Not a channel, which would be closed under a reader who is interrupted.
    try (var in = new FileInputStream(path(name).toFile())) {
      return in.readNBytes(target, 0, length) == length;
    } catch (IOException _) {
      return false;
    }
  }

  /** Removes a segment, if it is there. */
  void delete(String name) throws IOException {
    Files.deleteIfExists(path(name));
  }

  private Path path(String name) {
    return directory.resolve(name + ENDING);
  }
}
