package io.raic.cloud.s3;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.call.Gate;
import io.raic.cloud.call.Retrier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Makes requests: with an end, tried again where that can help, and errors in our words. */
final class S3Calls implements AutoCloseable {
  /** One attempt of a request. */
  @FunctionalInterface
  interface Body<T> {
    /**
     * Makes it.
     *
     * @param number as {@link Retrier.Attempt#make} has it
     */
    T make(S3Client s3, Request request, int number);
  }

  private final String backend;
  private final S3Client s3;
  private final S3Wire wire;
  private final S3Credentials credentials;
  private final S3Errors errors;
  private final Gate gate;
  private final Retrier retrier = new Retrier();

  S3Calls(String backend, S3Client s3, S3Wire wire, S3Credentials credentials, S3Errors errors) {
    this.backend = backend;
    this.s3 = s3;
    this.wire = wire;
    this.credentials = credentials;
    this.errors = errors;
    this.gate = new Gate(backend);
  }

  /** Fails if the store is closed, the thread interrupted, or the deadline over. */
  void enter(Operation operation, Deadline deadline) {
    gate.enter(operation, deadline);
  }

  S3Credentials credentials() {
    return credentials;
  }

  Request request(Operation operation) {
    return Request.of(backend, operation);
  }

  /** Makes requests whose answers are read in them. */
  <T> T run(Operation operation, Deadline deadline, Body<T> body) {
    return retry(operation, deadline, number -> once(operation, deadline, false, number, body));
  }

  /** Makes a request that leaves the body of its answer to be read. */
  <T> T open(Operation operation, Deadline deadline, Body<T> body) {
    return retry(operation, deadline, number -> once(operation, deadline, true, number, body));
  }

  /** Makes an attempt again where that can help. */
  <T> T retry(Operation operation, Deadline deadline, Retrier.Attempt<T> attempt) {
    gate.enter(operation, deadline);
    return retrier.call(deadline, attempt);
  }

  /** Makes one attempt, and another one if the credentials have ended and there may be new ones. */
  <T> T once(
      Operation operation, Deadline deadline, boolean opensStream, int number, Body<T> body) {
    var request = request(operation);
    gate.enter(operation, deadline);
    try {
      return attempt(deadline, opensStream, request, number, body);
    } catch (Refused refused) {
      if (S3Errors.isExpired(refused.answer) && credentials.renew()) {
        try {
          return attempt(deadline, opensStream, request, number, body);
        } catch (Refused again) {
          throw again.translated;
        }
      }
      throw refused.translated;
    }
  }

  private <T> T attempt(
      Deadline deadline, boolean opensStream, Request request, int number, Body<T> body)
      throws Refused {
    try (var call = opensStream ? S3Call.beginStream(deadline) : S3Call.begin(deadline)) {
      try {
        return ScopedValue.where(S3Call.CURRENT, call).call(() -> body.make(s3, request, number));
      } catch (S3Exception e) {
        throw new Refused(e, errors.translate(request, call, e));
      } catch (SdkException | S3Credentials.Missing | IllegalStateException e) {
        if (e instanceof AbortedException && !call.hasInterrupted()) {
          Thread.currentThread().interrupt();
        }
        if (call.isCut()) {
          wire.closeIdle();
        }
        throw errors.translate(request, call, e);
      }
    }
  }

  /** An answer that says no, on its way to who knows whether to ask again. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient S3Exception answer;
    private final transient BackendException translated;

    Refused(S3Exception answer, BackendException translated) {
      super(null, null, false, false);
      this.answer = answer;
      this.translated = translated;
    }
  }

  @Override
  public void close() {
    if (!gate.isClosed()) {
      gate.close();
      wire.close();
      s3.close();
      credentials.close();
    }
  }
}
