package io.raic.gateway.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the engine's log out of the way: in a simulation everything fails all the time. */
final class Silence {
  private static final String ENGINE = "io.raic.gateway";

  private Silence() {}

  static void begin() {
    ((Logger) LoggerFactory.getLogger(ENGINE)).setLevel(Level.OFF);
  }

  static void end() {
    ((Logger) LoggerFactory.getLogger(ENGINE)).setLevel(null);
  }
}
