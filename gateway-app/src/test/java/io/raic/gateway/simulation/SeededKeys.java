package io.raic.gateway.simulation;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Keys that follow from a seed, so that a run can be repeated; never for anything real. */
final class SeededKeys extends SecureRandom {
  private static final long serialVersionUID = 1;

  private final transient RandomGenerator random;

  SeededKeys(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    random.nextBytes(bytes);
  }
}
