package io.raic.gateway.web;

/** A request that is wrong, and would be wrong again. */
public final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  /** Answers 400; {@code message} says what is wrong and quotes no capability. */
  public BadRequestException(String message) {
    this(400, message);
  }

  /** Answers {@code status}. */
  public BadRequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Returns the status to answer. */
  public int status() {
    return status;
  }
}
