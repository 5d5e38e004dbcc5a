package io.raic.cloud.testbed;

/** A server cannot be started because its software is not here and cannot be installed. */
public final class ServerAbsent extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says why. */
  public ServerAbsent(String reason) {
    super(reason);
  }
}
