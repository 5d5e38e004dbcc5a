package io.raic.cloud.swift;

import io.raic.cloud.Request;
import io.raic.cloud.Secret;
import tools.jackson.databind.node.ObjectNode;

/** Who logs in to Keystone. */
sealed interface KeystoneCredentials {
  /** Returns the name, which may stand in an error. */
  String who();

  /** Returns the body of the request for a token. */
  byte[] json(Request about);

  /**
   * A user with a password.
   *
   * @param user its name
   * @param domain of the user, by name
   * @param password its password
   * @param project the name of what is worked in
   * @param projectDomain of the project, by name
   */
  record Password(String user, String domain, Secret password, String project, String projectDomain)
      implements KeystoneCredentials {
    @Override
    public String who() {
      return user;
    }

    @Override
    public byte[] json(Request about) {
      var auth = Json.object();
      var identity = auth.putObject("auth").putObject("identity");
      identity.putArray("methods").add("password");
      putUser(identity.putObject("password"), user, domain)
          .put("password", Login.reveal(password, about));
      var scope = auth.withObject("/auth/scope").putObject("project").put("name", project);
      scope.putObject("domain").put("name", projectDomain);
      return Json.write(auth);
    }
  }

  /**
   * An application credential by its id; it belongs to a project already.
   *
   * @param id its id
   * @param secret its secret
   */
  record ById(String id, Secret secret) implements KeystoneCredentials {
    @Override
    public String who() {
      return id;
    }

    @Override
    public byte[] json(Request about) {
      var auth = Json.object();
      credential(auth).put("id", id).put("secret", Login.reveal(secret, about));
      return Json.write(auth);
    }
  }

  /**
   * An application credential by its name, which only its user's domain and name make unique.
   *
   * @param name its name
   * @param user whose it is
   * @param domain of the user, by name
   * @param secret its secret
   */
  record ByName(String name, String user, String domain, Secret secret)
      implements KeystoneCredentials {
    @Override
    public String who() {
      return name;
    }

    @Override
    public byte[] json(Request about) {
      var auth = Json.object();
      var credential = credential(auth);
      credential.put("name", name).put("secret", Login.reveal(secret, about));
      putUser(credential, user, domain);
      return Json.write(auth);
    }
  }

  private static ObjectNode credential(ObjectNode auth) {
    var identity = auth.putObject("auth").putObject("identity");
    identity.putArray("methods").add("application_credential");
    return identity.putObject("application_credential");
  }

  private static ObjectNode putUser(ObjectNode into, String user, String domain) {
    var node = into.putObject("user").put("name", user);
    node.putObject("domain").put("name", domain);
    return node;
  }
}
