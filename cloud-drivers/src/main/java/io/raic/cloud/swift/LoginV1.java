package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import io.raic.cloud.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * Auth v1, of TempAuth and of Ceph.
 *
 * @param url of the login
 * @param user as account:user
 * @param key its key
 * @param storage used in place of the one that the server names
 */
record LoginV1(URI url, String user, Secret key, Optional<URI> storage) implements Login {
  @Override
  public Session logIn(SwiftHttp http, Request about, Deadline deadline) {
    var request = new HttpUriRequestBase("GET", url);
    request.setHeader("X-Auth-User", user);
    request.setHeader("X-Auth-Key", Login.reveal(key, about));
    long asked = System.nanoTime();
    var answer = http.exchange(about, request, deadline, 0);
    if (answer.status() == 401 || answer.status() == 403) {
      throw new BackendException.AccessDenied(
          about, "the login refused the user name or the key of %s".formatted(user));
    }
    if (answer.status() / 100 != 2) {
      throw SwiftErrors.of(about, "login", answer);
    }
    var token = answer.header("X-Auth-Token").or(() -> answer.header("X-Storage-Token"));
    var named = answer.header("X-Storage-Url");
    if (token.isEmpty() || (named.isEmpty() && storage.isEmpty())) {
      throw new BackendException.Unavailable(
          about, "the login gave no token: is this the address of an auth v1?");
    }
    var life = Duration.ofSeconds(SwiftErrors.number(answer.header("X-Auth-Token-Expires"), 0));
    var where = storage.orElseGet(() -> Login.storage(about, url, named.orElseThrow()));
    return Session.of(where, token.get(), asked, life);
  }
}
