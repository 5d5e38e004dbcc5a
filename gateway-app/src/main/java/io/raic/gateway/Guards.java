package io.raic.gateway;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.resilience.CircuitPolicy;
import io.raic.cloud.resilience.CircuitState;
import io.raic.cloud.resilience.GuardListener;
import io.raic.cloud.resilience.GuardPolicy;
import io.raic.cloud.resilience.GuardedBackend;
import io.raic.cloud.resilience.Kind;
import io.raic.cloud.resilience.ProviderHealth;
import io.raic.cloud.resilience.Surroundings;
import io.raic.cloud.resilience.Transition;
import io.raic.gateway.provider.ProviderSettings;
import io.raic.gateway.schedule.VirtualThreads;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The guards of all stores: what they hear goes to the log, and how the stores do can be asked. */
final class Guards {
  private static final Logger LOG = LoggerFactory.getLogger(Guards.class);

  private final Path ledgers;
  private final CircuitPolicy circuit;
  private final List<GuardedBackend> all = new CopyOnWriteArrayList<>();

  /**
   * Makes no guard yet.
   *
   * @param ledgers the directory of counts that outlive the process; made when there is one
   * @param circuit when a provider counts as broken
   */
  Guards(Path ledgers, CircuitPolicy circuit) {
    this.ledgers = ledgers;
    this.circuit = circuit;
  }

  /** Puts a guard before a store; closing it closes the store and ends its thread. */
  CloudBackend guard(ProviderSettings provider, CloudBackend driver) {
    var policy = new GuardPolicy(provider.limits().asked(), circuit);
    Optional<Path> ledger =
        policy.limits().needLedger() ? Optional.of(ledgers.resolve(driver.id())) : Optional.empty();
    var guarded = new GuardedBackend(driver, policy, Surroundings.of(ledger, new Log()));
    all.add(guarded);
    return guarded;
  }

  /** Starts a thread for each guard, which ends when that is closed; for one call. */
  void startProbing() {
    all.forEach(guarded -> guarded.startProbing(VirtualThreads::thread));
  }

  /** Returns how each store does, in the order of the configuration. */
  List<ProviderHealth> health() {
    return List.copyOf(all);
  }

  /** A line each. */
  private static final class Log implements GuardListener {
    @Override
    public void changed(String provider, Transition transition) {
      if (transition.to() == CircuitState.CLOSED) {
        LOG.info("{}: {} goes on: {}", provider, words(transition.kind()), transition.reason());
      } else {
        LOG.warn("{}: {} is stopped: {}", provider, words(transition.kind()), transition.reason());
      }
    }

    private static String words(Kind kind) {
      return switch (kind) {
        case READ -> "reading";
        case WRITE -> "writing";
      };
    }

    @Override
    public void credentialsEnd(String provider, Instant end, long daysLeft) {
      if (daysLeft > 0) {
        LOG.warn("{}: its credentials end in {} days, at {}", provider, daysLeft, end);
      } else {
        LOG.error("{}: its credentials have ended, at {}", provider, end);
      }
    }

    @Override
    public void ledgerFailed(String provider, String reason) {
      LOG.warn("{}: what was counted for its limits could not be kept: {}", provider, reason);
    }

    @Override
    public void lookingAfterFailed(String provider, String reason) {
      LOG.warn("{}: {}; it is tried again", provider, reason);
    }
  }
}
