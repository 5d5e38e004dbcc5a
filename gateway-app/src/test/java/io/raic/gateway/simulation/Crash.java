package io.raic.gateway.simulation;

/** Ends a strand at its wait, as the end of its process does: nobody may catch it. */
final class Crash extends Error {
  private static final long serialVersionUID = 1;

  Crash() {
    super("the process has crashed", null, false, false);
  }
}
