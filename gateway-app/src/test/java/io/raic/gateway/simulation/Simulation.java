package io.raic.gateway.simulation;

import static io.raic.gateway.simulation.SimulatedStrand.Wake.CALLED;

import io.raic.gateway.simulation.SimulatedStrand.Wake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs strands, one at a time, in an order that follows from a seed, by a clock that stands still
 * while any of them can run.
 *
 * <p>Each strand is a thread that waits for its turn; whoever has the turn gives it to another at
 * each wait. So nothing here needs a lock: all of it belongs to whoever has the turn.
 */
final class Simulation {
  /** A wait that no time ends. */
  static final long NEVER = Long.MAX_VALUE;

  /** Strands that run so often in no time never end. */
  private static final int MAX_STEPS_AT_ONCE = 1_000_000;

  /** Of the machine's time: nothing that the engine computes takes so long. */
  private static final int STUCK_SECONDS = 120;

  private record Timer(long at, long order, SimulatedStrand strand, long number) {}

  private final RandomGenerator random;
  private final Trace trace;
  private final double preemption;
  private final List<SimulatedStrand> runnable = new ArrayList<>();
  private final List<SimulatedStrand> live = new ArrayList<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(
          (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<SimulatedScheduler> processes = new ArrayList<>();
  private @Nullable SimulatedStrand current;
  private long now;
  private volatile long steps;
  private long stepsAtOnce;
  private long timersSet;
  private int started;
  private long crashStep = NEVER;
  private Optional<SimulatedScheduler> crashing = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();

  /**
   * Prepares a run.
   *
   * @param preemption how likely a strand loses its turn where it need not wait
   */
  Simulation(RandomGenerator random, Trace trace, double preemption) {
    this.random = random;
    this.trace = trace;
    this.preemption = preemption;
  }

  /** Returns a process of its own. */
  SimulatedScheduler process(String name) {
    var process = new SimulatedScheduler(this, name);
    processes.add(process);
    return process;
  }

  /**
   * Runs {@code main} in {@code process}, and whatever it starts, until it returns or something
   * fails; then ends everything.
   */
  void run(SimulatedScheduler process, Runnable main) throws InterruptedException {
    start(
        process,
        "main",
        () -> {
          main.run();
          processes.forEach(SimulatedScheduler::crash);
        });
    next().giveTurn();
    long seen = -1;
    int stuck = 0;
    while (!over.await(1, TimeUnit.SECONDS)) {
      stuck = steps == seen ? stuck + 1 : 0;
      seen = steps;
      if (stuck == STUCK_SECONDS) {
        throw new Broken("a strand waits outside of the scheduler: " + whereItIs());
      }
    }
    failure.ifPresent(reason -> {
      throw new AssertionError(reason.getMessage(), reason);
    });
  }

  private String whereItIs() {
    var stuck = current;
    if (stuck == null) {
      return "none";
    }
    var frames = new ArrayList<String>();
    for (var frame : stuck.thread().getStackTrace()) {
      frames.add("  at " + frame);
    }
    return stuck + "\n" + String.join("\n", frames);
  }

  SimulatedStrand start(SimulatedScheduler process, String name, Runnable work) {
    var strand = new SimulatedStrand(process, name, ++started, work);
    if (current != null) {
      strand.setPurpose(current.purpose());
    }
    live.add(strand);
    runnable.add(strand);
    strand.thread().start();
    return strand;
  }

  /** Gives the turn on for good. */
  void ended(SimulatedStrand strand) {
    live.remove(strand);
    wakeThose(other -> other.awaitsEndOf(strand));
    if (live.stream().noneMatch(other -> other.process().equals(strand.process()))) {
      wakeThose(other -> other.awaitsEndOf(strand.process()));
    }
    if (live.isEmpty()) {
      over.countDown();
    } else {
      next().giveTurn();
    }
  }

  private void wakeThose(Predicate<SimulatedStrand> which) {
    live.stream().filter(which).filter(SimulatedStrand::isWaiting).forEach(s -> wake(s, CALLED));
  }

  /** Ends the run because of {@code reason}; of several the first. */
  void fail(Throwable reason) {
    if (failure.isEmpty()) {
      failure = Optional.of(reason);
      note("fails: " + reason);
    }
    processes.forEach(SimulatedScheduler::crash);
  }

  boolean isLive(SimulatedScheduler process) {
    return live.stream().anyMatch(strand -> strand.process().equals(process));
  }

  /** Returns what each strand of {@code process} waits for. */
  String waits(SimulatedScheduler process) {
    return live.stream()
        .filter(strand -> strand.process().equals(process))
        .map(SimulatedStrand::tells)
        .collect(Collectors.joining("; "));
  }

  /** Lets all of {@code process} wake up to its crash. */
  void wakeAllOf(SimulatedScheduler process) {
    wakeThose(strand -> strand.process().equals(process));
  }

  SimulatedStrand current() {
    var strand = current;
    if (strand == null || !strand.thread().equals(Thread.currentThread())) {
      throw new IllegalStateException("not a strand that has the turn");
    }
    return strand;
  }

  boolean isCurrent(SimulatedStrand strand) {
    return strand.equals(current);
  }

  long now() {
    return now;
  }

  long steps() {
    return steps;
  }

  /** Lets {@code process} crash at the step with that number, whatever runs then. */
  void crashAt(long step, SimulatedScheduler process) {
    crashStep = step;
    crashing = Optional.of(process);
  }

  RandomGenerator random() {
    return random;
  }

  /** Writes a line of the trace. */
  void note(String what) {
    trace.line(now, String.valueOf(current), what);
  }

  /** Gives the turn away now and then, though there is nothing to wait for. */
  void perhapsPause() {
    if (preemption > 0 && random.nextDouble() < preemption) {
      pause();
    }
  }

  private void pause() {
    var self = current();
    self.process().requireAlive();
    boolean flag = Thread.interrupted();
    runnable.add(self);
    giveTurnAndWait(self, flag);
  }

  /**
   * Waits until another strand wakes this one, or {@code until}.
   *
   * @return {@link Wake#INTERRUPTED} if interrupted, the flag being taken back; never unless {@code
   *     interruptible}
   */
  Wake block(String what, long until, boolean interruptible) {
    var self = current();
    self.process().requireAlive();
    boolean flag = Thread.interrupted();
    if (flag && interruptible) {
      return Wake.INTERRUPTED;
    }
    long wait = self.beginWait(what, interruptible);
    if (until != NEVER) {
      timers.add(new Timer(until, ++timersSet, self, wait));
    }
    giveTurnAndWait(self, flag);
    return self.wake();
  }

  private void giveTurnAndWait(SimulatedStrand self, boolean interrupted) {
    var next = next();
    if (!next.equals(self)) {
      next.giveTurn();
      self.awaitTurn();
    }
    self.process().requireAlive();
    self.takeInterrupt();
    if (interrupted) {
      self.thread().interrupt();
    }
  }

  /** Lets a strand that waits go on. */
  void wake(SimulatedStrand strand, Wake why) {
    if (strand.isWaiting()) {
      strand.endWait(why);
      runnable.add(strand);
    }
  }

  /** Chooses who has the turn next, and moves the clock if nobody can run. */
  private SimulatedStrand next() {
    count();
    while (runnable.isEmpty()) {
      var timer = timers.poll();
      if (timer == null) {
        String all = live.stream().map(SimulatedStrand::tells).collect(Collectors.joining("; "));
        fail(new Broken("deadlock: " + all));
      } else if (timer.strand.isInWait(timer.number)) {
        moveClock(timer.at);
        wake(timer.strand, Wake.TIME_IS_UP);
      }
    }
    int chosen = random.nextInt(runnable.size());
    var strand = runnable.get(chosen);
    runnable.set(chosen, runnable.getLast());
    runnable.removeLast();
    current = strand;
    trace.mix(strand.number());
    return strand;
  }

  private void moveClock(long to) {
    if (to > now) {
      now = to;
      stepsAtOnce = 0;
      trace.mix(now);
    }
  }

  private void count() {
    // Only whoever has the turn writes it; the watchdog reads it.
    long step = steps + 1;
    steps = step;
    if (step == crashStep) {
      crashing.ifPresent(SimulatedScheduler::crash);
    }
    if (++stepsAtOnce == MAX_STEPS_AT_ONCE) {
      fail(new Broken("strands run for ever and no time passes: " + current));
    }
  }
}
