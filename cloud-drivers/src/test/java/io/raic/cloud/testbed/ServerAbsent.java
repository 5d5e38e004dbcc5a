package io.raic.cloud.testbed;

/** A server cannot be started because its software is not here and cannot be installed. */
final class ServerAbsent extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says why. */
  ServerAbsent(String reason) {
    super(reason);
  }
}
