package io.raic.cloud.resilience;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one provider on a thread of its own: sends {@link Canary canaries} while a circuit is
 * open, and does what has to be done now and then.
 *
 * <p>The first canary goes out as soon as a circuit opens, the next ones after one second, two,
 * four and so on, as {@link CanaryPace} says. None goes out while all is well; where a caller gave
 * up on a call that stood still, one in each of the longest pauses at most.
 *
 * <p>{@link #tick} does what is due, for one thread at a time; the rest is for any.
 */
final class Prober implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final CloudBackend driver;
  private final Guard guard;
  private final CircuitPolicy policy;
  private final Surroundings around;
  private final Canary canary;
  private final Chores chores;
  private final CanaryPace pace;
  private final Announcer announcer;
  private volatile @Nullable Thread thread;
  private volatile boolean isClosed;
  private volatile boolean isSuspected;
  private volatile long canaryNanos;
  private volatile long sentNanos;
  private volatile int failures;
  private volatile Optional<ProbeReport> lastProbe = Optional.empty();
  private volatile long suspicionNanos;
  private volatile boolean isAsked;

  Prober(CloudBackend driver, Guard guard, CircuitPolicy policy, Surroundings around) {
    this.driver = driver;
    this.guard = guard;
    this.policy = policy;
    this.around = around;
    this.canary = new Canary(driver, policy.slowCall());
    this.announcer = new Announcer(driver.id(), around.listener());
    this.chores = new Chores(driver, guard, policy.slowCall(), around, announcer);
    this.pace = new CanaryPace(policy.probeInterval(), guard.requests().limit(), around.nanoTime());
    this.suspicionNanos = now();
    this.canaryNanos = now();
    this.sentNanos = now() - FIRST_PAUSE.toNanos();
  }

  private long now() {
    return around.nanoTime().getAsLong();
  }

  void start(ThreadStarter starter) {
    thread = starter.start("prober", this::run);
    // What happened before this knew its thread.
    wake();
  }

  private void run() {
    while (!isClosed) {
      LockSupport.parkNanos(tickWhateverHappens().toNanos());
      // Only closing may end it.
      var _ = Thread.interrupted();
    }
  }

  /** Without this thread no circuit would ever close again, so nothing that is thrown ends it. */
  private Duration tickWhateverHappens() {
    try {
      return tick();
    } catch (Throwable fault) {
      tell(fault);
      return FIRST_PAUSE;
    }
  }

  private void tell(Throwable fault) {
    try {
      // Its message may say anything.
      announcer.tellTrouble("looking after it failed: " + fault.getClass().getSimpleName());
    } catch (Throwable _) {
      // There is nobody left to tell.
    }
  }

  /** Hears that a circuit has changed, and waits for nothing. */
  void changed(Transition transition) {
    announcer.note(transition);
    if (transition.to() == CircuitState.OPEN) {
      failures = 0;
      canaryNanos = now();
      chores.cut();
    }
    wake();
  }

  /** Notes that somebody gave up on a call that stood still. */
  void suspect() {
    isSuspected = true;
    wake();
  }

  /** Sends a canary as soon as it can. */
  void probeNow() {
    isAsked = true;
    suspicionNanos = now();
    canaryNanos = now();
    suspect();
  }

  /**
   * Sends the next canary early, as somebody cannot do without the provider, but not within a
   * second of the last one; says whether anybody is there who sends it.
   */
  boolean wanted() {
    long soon = sentNanos + FIRST_PAUSE.toNanos();
    if (canaryNanos - soon > 0) {
      canaryNanos = soon;
      wake();
    }
    return thread != null && !isClosed;
  }

  private void wake() {
    LockSupport.unpark(thread);
  }

  /** Tells what has changed. */
  void tellChanges() {
    announcer.tellChanges();
  }

  Optional<ProbeReport> lastProbe() {
    return lastProbe;
  }

  /** Does what is due, and returns how long nothing will be. */
  Duration tick() {
    announcer.tellChanges();
    if (isDue()) {
      sendCanary();
      announcer.tellChanges();
    }
    return pause(chores.tick());
  }

  private Duration pause(Duration most) {
    long left = most.toNanos();
    if (isOpen()) {
      left = Math.min(left, canaryNanos - now());
    } else if (isSuspected) {
      left = Math.min(left, suspicionNanos - now());
    }
    return Duration.ofNanos(Math.max(0, left));
  }

  private boolean isDue() {
    return isOpen() ? now() - canaryNanos >= 0 : isSuspected && now() - suspicionNanos >= 0;
  }

  private boolean isOpen() {
    for (var kind : Kind.values()) {
      if (guard.circuit(kind).state() == CircuitState.OPEN) {
        return true;
      }
    }
    return false;
  }

  private void sendCanary() {
    isSuspected = false;
    suspicionNanos = now() + pace.longest().toNanos();
    canaryNanos = now() + pace.pause(failures).toNanos();
    long held = heldNanos();
    if (held > 0) {
      canaryNanos = now() + held;
      return;
    }
    boolean wanted = isAsked;
    isAsked = false;
    if (!pace.take(wanted) || !guard.requests().tryTake(Canary.REQUESTS)) {
      // That says nothing about the provider.
      canaryNanos = now() + policy.probeInterval().toNanos();
      return;
    }
    var halfOpen = new EnumMap<Kind, OptionalLong>(Kind.class);
    var closed = new EnumMap<Kind, Long>(Kind.class);
    for (var kind : Kind.values()) {
      closed.put(kind, guard.circuit(kind).status().period());
      halfOpen.put(kind, guard.circuit(kind).halfOpen());
    }
    long start = now();
    sentNanos = start;
    var result = send(halfOpen);
    if (isClosed) {
      return;
    }
    decide(result, halfOpen, closed);
    var words = new EnumMap<Kind, String>(Kind.class);
    for (var kind : Kind.values()) {
      result.failure(kind).ifPresent(e -> words.put(kind, String.valueOf(e.getMessage())));
    }
    lastProbe =
        Optional.of(
            new ProbeReport(around.clock().instant(), Duration.ofNanos(now() - start), words));
    canaryNanos = now() + pace.pause(failures).toNanos();
    failures = words.isEmpty() ? 0 : failures + 1;
  }

  /** Sends one; where that throws, no circuit stays half open, which nothing would end. */
  private Canary.Result send(Map<Kind, OptionalLong> halfOpen) {
    boolean isSent = false;
    try {
      var result = canary.send();
      isSent = true;
      return result;
    } finally {
      if (!isSent) {
        var error =
            new BackendException.Unavailable(
                Request.of(driver.id(), Operation.PROBE), "a canary could not be sent");
        halfOpen.forEach(
            (kind, period) -> period.ifPresent(in -> guard.circuit(kind).stillBroken(in, error)));
      }
    }
  }

  /** A provider that wants to be left alone is left alone by canaries too. */
  private long heldNanos() {
    long held = 0;
    for (var kind : Kind.values()) {
      held = Math.max(held, guard.holdoff(kind).leftNanos());
    }
    return held;
  }

  private void decide(
      Canary.Result result, Map<Kind, OptionalLong> halfOpen, Map<Kind, Long> closed) {
    for (var kind : Kind.values()) {
      var circuit = guard.circuit(kind);
      var failure = result.failure(kind);
      var period = halfOpen.getOrDefault(kind, OptionalLong.empty());
      if (period.isPresent()) {
        failure.ifPresentOrElse(
            e -> circuit.stillBroken(period.getAsLong(), e),
            () -> circuit.recovered(period.getAsLong(), result.took(kind)));
      } else if (failure.isPresent() && failure.get() instanceof BackendException.Unavailable e) {
        circuit.silent(closed.getOrDefault(kind, -1L), "a canary failed: " + e.getMessage());
      }
      if (failure.isPresent() && failure.get() instanceof BackendException.Throttled e) {
        guard.holdoff(kind).throttled(e.retryAfter());
      }
    }
  }

  /** Ends the thread, waits a while until it has ended, and keeps the counts. */
  @Override
  public void close() {
    isClosed = true;
    var running = thread;
    if (running != null && !running.equals(Thread.currentThread())) {
      running.interrupt();
      try {
        // What it is doing ends before the driver is closed.
        running.join(LONGEST_END);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    try {
      announcer.tellChanges();
    } finally {
      chores.close();
    }
  }
}
