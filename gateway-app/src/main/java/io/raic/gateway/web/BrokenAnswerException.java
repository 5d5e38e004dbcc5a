package io.raic.gateway.web;

/**
 * An answer that cannot be finished after it was begun: makes the server break the connection, so
 * that nobody takes what was sent for the whole.
 */
final class BrokenAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BrokenAnswerException(Exception cause) {
    super("an answer could not be finished", cause);
  }
}
