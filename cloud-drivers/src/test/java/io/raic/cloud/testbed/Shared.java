package io.raic.cloud.testbed;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A server for all tests of this JVM: started when it is first asked for, ended with the JVM. One
 * that could not be started is not tried again.
 *
 * @param <T> the kind of server
 */
final class Shared<T> {
  private final Supplier<T> start;
  private Optional<T> server = Optional.empty();
  private Optional<RuntimeException> failure = Optional.empty();

  Shared(Supplier<T> start) {
    this.start = start;
  }

  /** Returns the server; see {@link Presence} for when there is none. */
  T get() {
    return Presence.require(this::started);
  }

  private synchronized T started() {
    if (failure.isPresent()) {
      throw failure.get();
    }
    if (server.isEmpty()) {
      try {
        server = Optional.of(start.get());
      } catch (RuntimeException e) {
        failure = Optional.of(e);
        throw e;
      }
    }
    return server.get();
  }
}
