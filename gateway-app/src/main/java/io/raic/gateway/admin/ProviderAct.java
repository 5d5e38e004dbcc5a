package io.raic.gateway.admin;

import io.raic.gateway.provider.StandingOrders;
import java.util.Arrays;
import java.util.Optional;

/** What people can do about a provider. */
public enum ProviderAct {
  /** New uploads keep away. */
  PAUSE("pause", "Pause writes", "Writes are paused.", true),
  /** They come back. */
  RESUME("resume", "Resume writes", "Writes go on.", false),
  /** All calls keep away. */
  FORCE_OPEN("force-open", "Force open", "Nothing is asked of it any more.", true),
  /** They come back. */
  RESET("reset", "Reset", "Its circuits are closed.", false),
  /** A canary is sent. */
  TEST("test", "Test now", "A canary is on its way.", false);

  private final String path;
  private final String label;
  private final String done;
  private final boolean isGrave;

  ProviderAct(String path, String label, String done, boolean isGrave) {
    this.path = path;
    this.label = label;
    this.done = done;
    this.isGrave = isGrave;
  }

  static Optional<ProviderAct> find(String path) {
    return Arrays.stream(values()).filter(act -> act.path.equals(path)).findFirst();
  }

  /** Returns it as addresses have it. */
  public String path() {
    return path;
  }

  /** Returns it as a button has it. */
  public String label() {
    return label;
  }

  /** Returns what is said when it was done. */
  public String done() {
    return done;
  }

  /** Says whether it takes a provider away. */
  public boolean isGrave() {
    return isGrave;
  }

  /** Does it; errors are those of the database, and then it is not done. */
  void on(String provider, StandingOrders orders, String reason) {
    switch (this) {
      case PAUSE -> orders.pauseWrites(provider, reason);
      case RESUME -> orders.resumeWrites(provider);
      case FORCE_OPEN -> orders.forceOpen(provider, reason);
      case RESET -> orders.reset(provider);
      case TEST -> orders.probeNow(provider);
    }
  }
}
