package io.raic.gateway.grid;

import io.raic.cloud.CloudBackend;

/**
 * One of the clouds.
 *
 * @param operator who runs it: stores of one operator fail, leak and lie together
 * @param backend the way to it
 */
public record Store(String operator, CloudBackend backend) {
  /** Returns the name that the configuration gives it. */
  public String id() {
    return backend.id();
  }
}
