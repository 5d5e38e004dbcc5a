package io.raic.gateway.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Ends a command with a line for the user and an exit code.
 *
 * <p>An {@link IOException}, so that streams can throw it through whatever library reads or writes
 * them.
 */
final class Failure extends IOException {
  private static final long serialVersionUID = 1;

  private final ExitCode code;

  /** Says in {@code message}, which quotes no capability, what went wrong. */
  Failure(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  /** Keeps the cause for {@code RAIC_DEBUG}. */
  Failure(ExitCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns what the process ends with. */
  ExitCode code() {
    return code;
  }

  /** Returns a failure of the command line. */
  static Failure usage(String message) {
    return new Failure(ExitCode.USAGE, message);
  }

  /** Returns {@code e} if it is one already, or else a failure to {@code doing}, for its reason. */
  static Failure of(String doing, IOException e) {
    return e instanceof Failure failure
        ? failure
        : new Failure(ExitCode.FAILED, doing + ": " + reason(e), e);
  }

  /** Returns in words why the system failed. */
  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file or directory";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "it exists";
      case NotDirectoryException _ -> "not a directory";
      case FileSystemException system when system.getReason() != null -> system.getReason();
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
