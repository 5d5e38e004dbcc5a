package io.raic.cloud.resilience;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What has to be done for a provider now and then, whether or not it works: once a minute to look
 * when its credentials end and to keep its counts, and to list what it stores where that is
 * limited.
 *
 * <p>{@link #tick} is for one thread; {@link #close} for any.
 */
final class Chores implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(60);
  private static final Duration LISTING_PATIENCE = Duration.ofSeconds(30);

  private final CloudBackend driver;
  private final Guard guard;
  private final Surroundings around;
  private final CredentialWatch credentials;
  private final Optional<Ledger> ledger;
  private long dueNanos;
  private long listingNanos;

  /** Goes on from what the ledger says. */
  Chores(CloudBackend driver, Guard guard, Surroundings around) {
    this.driver = driver;
    this.guard = guard;
    this.around = around;
    this.credentials = new CredentialWatch(driver, around);
    this.ledger = around.ledger().map(Ledger::new);
    this.dueNanos = now();
    this.listingNanos = now();
    ledger.ifPresent(this::resume);
  }

  private void resume(Ledger file) {
    try {
      file.read(guard.requests(), guard.bytes());
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException e) {
    around.listener().ledgerFailed(driver.id(), String.valueOf(e.getMessage()));
  }

  private long now() {
    return around.nanoTime().getAsLong();
  }

  /** Does what is due, and returns how long nothing will be. */
  Duration tick() {
    if (now() - dueNanos >= 0) {
      dueNanos = now() + PAUSE.toNanos();
      credentials.look();
      keepLedger();
    }
    return listPage() ? Duration.ZERO : Duration.ofNanos(Math.max(0, dueNanos - now()));
  }

  /** Lists a part of the store, if that is wanted, and says whether to go on with the next one. */
  private boolean listPage() {
    if (!guard.bytes().wantsCounting()
        || guard.circuit(Kind.READ).state() != CircuitState.CLOSED
        || now() - listingNanos < 0
        || !guard.requests().tryTake(1)) {
      return false;
    }
    try {
      guard.bytes().countOn(driver, Deadline.in(LISTING_PATIENCE));
      return guard.bytes().wantsCounting();
    } catch (BackendException _) {
      // The page is asked for again, later.
      listingNanos = now() + PAUSE.toNanos();
      return false;
    }
  }

  private void keepLedger() {
    ledger.ifPresent(file -> {
      try {
        file.write(guard.requests(), guard.bytes());
      } catch (IOException e) {
        failed(e);
      }
    });
  }

  /** Keeps the counts. */
  @Override
  public void close() {
    keepLedger();
  }
}
