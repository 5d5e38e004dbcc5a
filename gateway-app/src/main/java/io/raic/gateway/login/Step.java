package io.raic.gateway.login;

import java.time.Duration;
import java.util.Locale;

/** How far somebody has come who has given the right password. */
enum Step {
  /** A code has to be given as well. */
  CODE("/admin/login/code", Duration.ofMinutes(5)),
  /** The password has to be changed. */
  PASSWORD("/admin/login/password", Duration.ofMinutes(15)),
  /** All was done. */
  DONE("/admin", Duration.ofDays(30));

  private final String page;
  private final Duration longest;

  Step(String page, Duration longest) {
    this.page = page;
    this.longest = longest;
  }

  /** Returns where it goes on. */
  String page() {
    return page;
  }

  /** Returns how long it may take, whatever is set. */
  Duration longest() {
    return longest;
  }

  /** Returns it as it is stored. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what allows to go on from here, and nothing else. */
  String authority() {
    return "STEP_" + name();
  }
}
