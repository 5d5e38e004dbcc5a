package io.raic.gateway.grid;

import java.io.IOException;

/** A store does not have the share that was asked for. */
final class AbsentShareException extends IOException {
  private static final long serialVersionUID = 1;

  AbsentShareException() {
    super("the share is not there");
  }
}
