package io.raic.cloud.box;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import io.raic.cloud.Secret;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * What {@link BoxTransport} has to know of a request that the SDK makes for the driver.
 *
 * @param request stands in errors
 * @param deadline when it must have ended, and how long it may stand still
 * @param token that it carries, if any
 * @param sent is told how many bytes of its body have gone on their way
 */
record BoxCall(Request request, Deadline deadline, Optional<Secret> token, IntConsumer sent) {
  private static final ScopedValue<BoxCall> CURRENT = ScopedValue.newInstance();

  /** Nobody wants to know. */
  static final IntConsumer UNHEARD = _ -> {};

  static BoxCall current() {
    return CURRENT.get();
  }

  BoxCall with(Secret token) {
    return new BoxCall(request, deadline, Optional.of(token), sent);
  }

  /**
   * Lets the SDK do something under this call.
   *
   * @throws BoxRefusal if Box says no
   * @throws BackendException.Unavailable if there is no answer, or one that makes no sense
   */
  <T> T run(Supplier<T> work) {
    try {
      return ScopedValue.where(CURRENT, this).call(work::get);
    } catch (BackendException | BoxRefusal e) {
      throw e;
    } catch (RuntimeException e) {
      // The SDK's exceptions may print headers and addresses: only what kind it was is kept.
      throw new BackendException.Unavailable(
          request, "an answer makes no sense (%s)".formatted(e.getClass().getSimpleName()));
    }
  }
}
