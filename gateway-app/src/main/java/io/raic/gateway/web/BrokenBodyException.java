package io.raic.gateway.web;

import java.io.IOException;

/** The client's body could not be read to its end. */
public final class BrokenBodyException extends IOException {
  private static final long serialVersionUID = 1;

  BrokenBodyException(IOException cause) {
    super("the request's body broke off", cause);
  }
}
