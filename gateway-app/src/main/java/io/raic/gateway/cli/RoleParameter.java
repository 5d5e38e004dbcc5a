package io.raic.gateway.cli;

import io.raic.gateway.login.Role;

/** A role as it stands on the command line. */
final class RoleParameter {
  private RoleParameter() {}

  static Role parse(String word) throws Failure {
    return Role.of(word)
        .orElseThrow(() -> Failure.usage("a role is viewer, operator or admin, not " + word));
  }
}
