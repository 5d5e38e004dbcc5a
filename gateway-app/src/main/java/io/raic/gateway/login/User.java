package io.raic.gateway.login;

import java.time.Instant;

/**
 * A user that this gateway knows, without anything secret.
 *
 * @param name unique, of small letters, digits, dots, dashes and underscores
 * @param role what the user may do
 * @param mustChangePassword whether the password was made by somebody else
 * @param hasCodes whether a login takes a code as well
 * @param changed when anything of this was changed
 */
public record User(
    String name, Role role, boolean mustChangePassword, boolean hasCodes, Instant changed) {}
