package io.raic.cloud.resilience;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done for a provider now and then, whether or not it works: once a minute to look
 * when its credentials end and to keep its counts, and to list what it stores where that is
 * limited.
 *
 * <p>{@link #tick} is for one thread; the rest for any.
 */
final class Chores implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(60);
  private static final Duration LISTING_PATIENCE = Duration.ofSeconds(30);

  private static final String LISTING_FAILS = "what it stores could not be listed, to be counted";

  /** As many failures in a row say that it is no accident. */
  private static final int MAX_FAILURES = 3;

  private final CloudBackend driver;
  private final Guard guard;
  private final Surroundings around;
  private final CredentialWatch credentials;
  private final Optional<Ledger> ledger;
  private final Duration pacePatience;
  private final Announcer announcer;
  private long dueNanos;
  private int listingFailures;
  private @Nullable Thread lister;
  private boolean isCut;
  private long listingNanos;

  /**
   * Goes on from what the ledger says.
   *
   * @param pacePatience how long a listing may wait for the pace that callers keep as well
   */
  Chores(
      CloudBackend driver,
      Guard guard,
      Duration pacePatience,
      Surroundings around,
      Announcer announcer) {
    this.pacePatience = pacePatience;
    this.announcer = announcer;
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
    if (!guard.bytes().wantsCounting() || now() - listingNanos < 0 || !isLeisure()) {
      return false;
    }
    // Whatever comes of it: the page is asked for again, later.
    listingNanos = now() + PAUSE.toNanos();
    var request = Request.of(driver.id(), Operation.LIST);
    try {
      guard.pacer().request(request, Deadline.in(pacePatience));
    } catch (BackendException _) {
      // Callers go first.
      return false;
    }
    if (!guard.requests().tryTake(1)) {
      guard.pacer().takeBack();
      return false;
    }
    try {
      countOn();
    } catch (BackendException e) {
      listingFailed(e);
      return false;
    }
    listingNanos = now();
    listingFailures = 0;
    announcer.over(LISTING_FAILS);
    return guard.bytes().wantsCounting();
  }

  /** Nothing is open or throttled: then there is nothing more urgent to ask. */
  private boolean isLeisure() {
    for (var kind : Kind.values()) {
      if (guard.circuit(kind).state() != CircuitState.CLOSED) {
        return false;
      }
    }
    return guard.holdoff(Kind.READ).leftNanos() <= 0;
  }

  private void countOn() {
    var deadline = Deadline.in(LISTING_PATIENCE);
    synchronized (this) {
      lister = Thread.currentThread();
      isCut = false;
    }
    // One that opened before this thread could be cut.
    if (!isLeisure()) {
      cut();
    }
    var watch = Bound.watch(deadline, () -> 0, () -> {});
    try {
      guard.bytes().countOn(driver, deadline);
    } finally {
      Bound.end(watch);
      endListing();
    }
  }

  private synchronized void endListing() {
    lister = null;
    if (isCut) {
      var _ = Thread.interrupted();
    }
  }

  /** Ends a listing that goes on: something is more urgent. For any thread. */
  synchronized void cut() {
    var running = lister;
    if (running != null) {
      isCut = true;
      running.interrupt();
    }
  }

  private synchronized boolean wasCut() {
    return isCut;
  }

  private void listingFailed(BackendException e) {
    if (wasCut()) {
      return;
    }
    if (e instanceof BackendException.Throttled throttled) {
      guard.holdoff(Kind.READ).throttled(throttled.retryAfter());
    }
    listingFailures++;
    if (listingFailures >= MAX_FAILURES) {
      listingFailures = 0;
      // Perhaps the place to go on at is not known any more.
      guard.bytes().beginAnew();
      announcer.tellTrouble(LISTING_FAILS);
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
