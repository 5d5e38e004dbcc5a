package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.call.Gate;
import io.raic.cloud.call.Retrier;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/** Calls of one store: let in while it is open, tried again where that helps. */
final class Calls implements AutoCloseable {
  private final String backend;
  private final Gate gate;
  private final Retrier retrier = new Retrier();
  private final SwiftHttp http = new SwiftHttp();
  private final Account account;

  Calls(String backend, Login login) {
    this.backend = backend;
    this.gate = new Gate(backend);
    this.account = new Account(backend, http, new Sessions(login, http));
  }

  /** Returns what stands in an error of this store. */
  Request about(Operation operation) {
    return Request.of(backend, operation);
  }

  void enter(Operation operation, Deadline deadline) {
    gate.enter(operation, deadline);
  }

  boolean isClosed() {
    return gate.isClosed();
  }

  Account account() {
    return account;
  }

  /** Makes a call. */
  <T> T call(Operation operation, Deadline deadline, Retrier.Attempt<T> attempt) {
    gate.enter(operation, deadline);
    return retrier.call(deadline, attempt);
  }

  /** Makes one request, whose body nobody wants; the caller judges the status. */
  Answer send(Operation operation, Deadline deadline, String method, String path) {
    return account.exchange(
        operation,
        deadline,
        0,
        storage -> new HttpUriRequestBase(method, URI.create(storage + path)));
  }

  /** Returns the error of an answer that none was expected of. */
  BackendException failed(Operation operation, String what, Answer answer) {
    return SwiftErrors.of(about(operation), what, answer);
  }

  @Override
  public void close() {
    gate.close();
    http.close();
  }
}
