package io.raic.cloud.box;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.call.Gate;
import io.raic.cloud.call.Retrier;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Makes calls of the API: each one waits for its turn, carries a token, is made again where that
 * can help, and fails with what {@link BoxErrors} says.
 */
final class BoxCalls {
  /** One attempt at a call. */
  @FunctionalInterface
  interface Attempt<T> {
    /**
     * Lets the SDK make it.
     *
     * @param number 1 for the first; from the second on, the one before may have done its work
     */
    T make(int number);
  }

  private final String backend;
  private final Gate gate;
  private final CallLimits limits;
  private final BoxTokens tokens;
  private final Retrier retrier = new Retrier();

  BoxCalls(String backend, Gate gate, CallLimits limits, BoxTokens tokens) {
    this.backend = backend;
    this.gate = gate;
    this.limits = limits;
    this.tokens = tokens;
  }

  Request request(Operation operation) {
    return Request.of(backend, operation);
  }

  void enter(Operation operation, Deadline deadline) {
    gate.enter(operation, deadline);
  }

  /**
   * Makes a call.
   *
   * @throws BoxRefusal if Box says no in a way that the caller may have wanted to know
   */
  <T> T make(Operation operation, Deadline deadline, Attempt<T> attempt) {
    return make(operation, deadline, false, BoxCall.UNHEARD, attempt);
  }

  /** Makes a call that counts as an upload, and may take longer than a step if bytes move. */
  <T> T upload(Operation operation, Deadline deadline, IntConsumer sent, Attempt<T> attempt) {
    return make(operation, deadline, true, sent, attempt);
  }

  /** Makes a call that sends a part of an upload that was counted. */
  <T> T part(Operation operation, Deadline deadline, IntConsumer sent, Attempt<T> attempt) {
    return make(operation, deadline, false, sent, attempt);
  }

  /** Does work of several calls, and says in the words of all drivers what Box refused in it. */
  <T> T told(Operation operation, Supplier<T> work) {
    try {
      return work.get();
    } catch (BoxRefusal refusal) {
      throw BoxErrors.translate(request(operation), refusal);
    }
  }

  private <T> T make(
      Operation operation,
      Deadline deadline,
      boolean isUpload,
      IntConsumer sent,
      Attempt<T> attempt) {
    return retrier.call(
        deadline,
        number -> {
          gate.enter(operation, deadline);
          var call = new BoxCall(request(operation), deadline, Optional.empty(), sent);
          limits.take(isUpload, call.request(), deadline);
          try {
            return withToken(call, number, attempt);
          } catch (BoxRefusal refusal) {
            throw BoxErrors.isAnswer(refusal)
                ? refusal
                : BoxErrors.translate(call.request(), refusal);
          } catch (BackendException e) {
            throw gate.isClosed() ? closed(operation) : e;
          }
        });
  }

  private <T> T withToken(BoxCall call, int number, Attempt<T> attempt) {
    var token = tokens.current(call);
    try {
      return call.with(token.secret()).run(() -> attempt.make(number));
    } catch (BoxRefusal refusal) {
      if (refusal.status() != 401) {
        throw refusal;
      }
    }
    // It ended early, or somebody ended it. Nothing was done, so this is no second attempt.
    var renewed = tokens.renew(call, token);
    return call.with(renewed.secret()).run(() -> attempt.make(number));
  }

  private BackendException closed(Operation operation) {
    return new BackendException.Unavailable(request(operation), "the store is closed");
  }

  /** Makes a request to another host than the API's, which takes no token and counts as nothing. */
  <T> T bare(Operation operation, Deadline deadline, Attempt<T> attempt) {
    return retrier.call(
        deadline,
        number -> {
          gate.enter(operation, deadline);
          try {
            return attempt.make(number);
          } catch (BoxRefusal refusal) {
            throw BoxErrors.isAnswer(refusal)
                ? refusal
                : BoxErrors.translate(request(operation), refusal);
          } catch (BackendException e) {
            throw gate.isClosed() ? closed(operation) : e;
          }
        });
  }
}
