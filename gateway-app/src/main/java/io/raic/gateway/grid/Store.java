package io.raic.gateway.grid;

import io.raic.cloud.CloudBackend;
import java.math.BigDecimal;

/**
 * One of the clouds.
 *
 * @param operator who runs it: stores of one operator fail, leak and lie together
 * @param backend the way to it
 * @param egressPrice of a gigabyte read, in a currency that is the same for all; 0 if not known
 */
public record Store(String operator, CloudBackend backend, BigDecimal egressPrice) {
  /** A store from which reading costs nothing, as far as is known. */
  public Store(String operator, CloudBackend backend) {
    this(operator, backend, BigDecimal.ZERO);
  }

  /** Returns the name that the configuration gives it. */
  public String id() {
    return backend.id();
  }
}
