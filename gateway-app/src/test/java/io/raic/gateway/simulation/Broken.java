package io.raic.gateway.simulation;

/** What was promised does not hold. */
final class Broken extends AssertionError {
  private static final long serialVersionUID = 1;

  Broken(String what) {
    super(what);
  }
}
