package io.raic.cloud.local;

import io.raic.cloud.BackendException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;

/** What an exception of the file system means, said once. */
final class LocalErrors {
  private LocalErrors() {}

  static BackendException translate(String id, String action, IOException e) {
    String reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (e instanceof AccessDeniedException) {
      return new BackendException.AccessDenied(id, action + ": permission denied", e);
    }
    if (reason.contains("no space left") || reason.contains("quota exceeded")) {
      return new BackendException.OutOfSpace(id, action + ": the disk is full", e);
    }
    if (e instanceof ClosedByInterruptException) {
      return new BackendException.Unavailable(id, action + ": interrupted", e);
    }
    return new BackendException.Unavailable(id, action + ": " + e.getClass().getSimpleName(), e);
  }
}
