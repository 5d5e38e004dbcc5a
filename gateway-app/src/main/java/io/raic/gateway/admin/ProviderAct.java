package io.raic.gateway.admin;

import io.raic.cloud.resilience.Kind;
import io.raic.cloud.resilience.ProviderHealth;
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

  /** Does it; waits for nothing. */
  void on(ProviderHealth provider, String reason) {
    switch (this) {
      case PAUSE -> provider.pauseWrites(reason);
      case RESUME -> provider.resumeWrites();
      case FORCE_OPEN -> {
        for (var kind : Kind.values()) {
          provider.forceOpen(kind, reason);
        }
      }
      case RESET -> {
        for (var kind : Kind.values()) {
          provider.reset(kind);
        }
      }
      case TEST -> provider.probeNow();
    }
  }
}
