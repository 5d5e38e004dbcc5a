package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import io.raic.cloud.Secret;
import java.net.URI;
import java.util.Optional;

/** A way to get a token. */
interface Login {
  /**
   * Asks for a token, once.
   *
   * @throws BackendException.AccessDenied if the credentials are refused
   */
  Session logIn(SwiftHttp http, Request about, Deadline deadline);

  /** Reads a credential, whose file may be gone. */
  static String reveal(Secret secret, Request about) {
    try {
      return secret.reveal();
    } catch (IllegalStateException e) {
      throw new BackendException.AccessDenied(
          about, Optional.ofNullable(e.getMessage()).orElse("a credential cannot be read"));
    }
  }

  /**
   * Checks where a server sends the token.
   *
   * @param login where the token comes from
   */
  static URI storage(Request about, URI login, String url) {
    URI storage;
    try {
      storage = URI.create(url);
    } catch (IllegalArgumentException _) {
      throw new BackendException.Unavailable(about, "the login gave no address of the storage");
    }
    boolean isWeb = "http".equals(storage.getScheme()) || "https".equals(storage.getScheme());
    if (!isWeb || storage.getHost() == null || storage.getRawQuery() != null) {
      throw new BackendException.Unavailable(about, "the login gave no address of the storage");
    }
    if ("https".equals(login.getScheme()) && !"https".equals(storage.getScheme())) {
      throw new BackendException.AccessDenied(
          about,
          "the login is encrypted and the storage it names is not;"
              + " set storage-url if that is meant");
    }
    return storage;
  }
}
