package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * Requests to an account, with its token; a token that is refused is renewed once. Each method is
 * one attempt.
 */
final class Account {
  /** Makes a request, anew for each time that it is sent. */
  @FunctionalInterface
  interface Making {
    HttpUriRequestBase make(String storage);
  }

  private final String backend;
  private final SwiftHttp http;
  private final Sessions sessions;

  Account(String backend, SwiftHttp http, Sessions sessions) {
    this.backend = backend;
    this.http = http;
    this.sessions = sessions;
  }

  /** Sends a request and reads the answer, see {@link SwiftHttp#exchange}. */
  Answer exchange(Operation operation, Deadline deadline, int maxBytes, Making making) {
    var about = Request.of(backend, operation);
    var session = sessions.get(about, deadline);
    var answer = http.exchange(about, with(session, making), deadline, maxBytes);
    if (answer.status() != 401) {
      return answer;
    }
    var renewed = sessions.renewed(session, about, deadline);
    var second = http.exchange(about, with(renewed, making), deadline, maxBytes);
    if (second.status() == 401) {
      throw refused(about);
    }
    return second;
  }

  /** Sends a request and leaves the body open. */
  Exchange open(Operation operation, Deadline deadline, Making making) {
    var about = Request.of(backend, operation);
    var session = sessions.get(about, deadline);
    var exchange = http.open(about, with(session, making), deadline);
    if (exchange.status() != 401) {
      return exchange;
    }
    exchange.close();
    var renewed = sessions.renewed(session, about, deadline);
    var second = http.open(about, with(renewed, making), deadline);
    if (second.status() == 401) {
      second.close();
      throw refused(about);
    }
    return second;
  }

  /** Asks what the servers can do, which needs no token. */
  Answer information(Operation operation, Deadline deadline, int maxBytes) {
    var about = Request.of(backend, operation);
    var storage = sessions.get(about, deadline).storage();
    return http.exchange(
        about, new HttpUriRequestBase("GET", informationUrl(storage)), deadline, maxBytes);
  }

  /** The account's URL is .../v1/ACCOUNT, or ends with /v1. */
  static URI informationUrl(URI storage) {
    String path = storage.getRawPath();
    int version = (path + "/").lastIndexOf("/v1/");
    return storage.resolve((version < 0 ? "" : path.substring(0, version)) + "/info");
  }

  private static HttpUriRequestBase with(Session session, Making making) {
    var request = making.make(session.storage().toString().replaceAll("/+$", ""));
    request.setHeader("X-Auth-Token", session.token().reveal());
    return request;
  }

  private static BackendException refused(Request about) {
    return new BackendException.AccessDenied(about, "a token that is new was refused");
  }
}
