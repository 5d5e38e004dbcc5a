package io.raic.cloud.local;

import io.raic.cloud.BackendException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What an exception of the file system means, said once.
 *
 * <p>Java gives most errors of the system as its words only, and those are in the language of the
 * machine. So the disk itself is asked as well whether it is full or read-only.
 */
final class LocalErrors {
  /** ENOSPC, EDQUOT, EFBIG. */
  private static final List<String> FULL =
      List.of("no space left", "quota exceeded", "file too large");

  /** EROFS, EPERM. */
  private static final List<String> REFUSED =
      List.of("read-only file system", "operation not permitted");

  /** A disk with less than this left is full for somebody who writes blocks. */
  private static final long FULL_BELOW_BYTES = 1 << 18;

  private LocalErrors() {}

  static BackendException translate(LocalCall call, IOException e) {
    var request = call.request();
    return switch (e) {
      case AccessDeniedException denied ->
          new BackendException.AccessDenied(request, name(denied) + " is denied", e);
      case ClosedByInterruptException _ ->
          new BackendException.Unavailable(request, "interrupted", e);
      case ClosedChannelException _ -> new BackendException.Unavailable(request, "closed", e);
      case NoSuchFileException missing ->
          new BackendException.Unavailable(
              request, name(missing) + " is missing; is its disk there?", e);
      case NotDirectoryException file ->
          new BackendException.Unavailable(request, name(file) + " is not a directory", e);
      default -> byWords(call, e);
    };
  }

  private static BackendException byWords(LocalCall call, IOException e) {
    String words = reason(e);
    if (says(words, FULL) || isFull(call)) {
      return new BackendException.OutOfSpace(call.request(), words, e);
    }
    if (says(words, REFUSED) || isReadOnly(call)) {
      return new BackendException.AccessDenied(call.request(), words, e);
    }
    return new BackendException.Unavailable(call.request(), words, e);
  }

  /** Where it happened, as far as it is the business of somebody who asks for a file. */
  private static String name(FileSystemException e) {
    String path = String.valueOf(e.getFile());
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** What the system says, without the path, which is nobody's business who asks for a file. */
  private static String reason(IOException e) {
    if (e instanceof FileSystemException system) {
      return Objects.requireNonNullElse(system.getReason(), system.getClass().getSimpleName());
    }
    return String.valueOf(e.getMessage());
  }

  private static boolean says(String words, List<String> any) {
    return any.stream().anyMatch(words.toLowerCase(Locale.ROOT)::contains);
  }

  private static boolean isFull(LocalCall call) {
    var disk = call.root().toFile();
    return disk.getTotalSpace() > 0 && disk.getUsableSpace() < FULL_BELOW_BYTES;
  }

  private static boolean isReadOnly(LocalCall call) {
    try {
      return Files.getFileStore(call.root()).isReadOnly();
    } catch (IOException _) {
      return false;
    }
  }
}
