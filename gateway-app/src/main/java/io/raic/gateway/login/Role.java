package io.raic.gateway.login;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do; each may do all that those before it may. */
public enum Role {
  /** Looks. */
  VIEWER,
  /** Acts on providers and files. */
  OPERATOR,
  /** Says who may come in. */
  ADMIN;

  /** Returns it as it is stored, shown and configured. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the role called {@code word}, if there is one. */
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  /** Says whether it allows what takes {@code needed}. */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }
}
