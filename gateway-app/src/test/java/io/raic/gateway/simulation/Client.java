package io.raic.gateway.simulation;

import io.raic.crypto.capability.LiteralCap;
import io.raic.gateway.file.Uploader;
import io.raic.gateway.grid.BusyException;
import io.raic.gateway.grid.UnhappyException;
import io.raic.gateway.repair.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Has a gateway do things, one after the other, and tells the oracle what came of it. */
final class Client {
  /** However much goes wrong at once, and however many wait for the same file. */
  static final Duration LONGEST = Duration.ofMinutes(20);

  private final Scenario scenario;
  private final Oracle oracle;
  private final SimulatedScheduler process;
  private final Engine engine;
  private final RandomGenerator random;

  @FunctionalInterface
  private interface Action {
    /** Does it, and returns what to note of it. */
    String act() throws IOException;
  }

  Client(Scenario scenario, Oracle oracle, SimulatedScheduler process, Engine engine) {
    this.scenario = scenario;
    this.oracle = oracle;
    this.process = process;
    this.engine = engine;
    this.random = process.simulation().random();
  }

  /** Does one thing. */
  void act() {
    int what = random.nextInt(20);
    if (what < 9) {
      upload();
    } else if (what < 10) {
      sweep();
    } else if (what < 11) {
      pause();
    } else {
      anyPromise()
          .ifPresent(file -> {
            if (what < 16) {
              read(file);
            } else if (what < 18) {
              check(file);
            } else {
              repair(file);
            }
          });
    }
  }

  private Optional<Promise> anyPromise() {
    var all = oracle.promises();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  /** Does something that must end in time, and that a crash leaves undone. */
  private void work(Work work, Action action) {
    var simulation = process.simulation();
    long start = simulation.now();
    simulation.current().setPurpose(work);
    simulation.note(work + " begins");
    oracle.begin(work);
    String outcome;
    try {
      outcome = action.act();
    } catch (BusyException e) {
      outcome = "busy: " + e.getMessage();
    } catch (IOException e) {
      outcome = "failed: " + e.getMessage();
    }
    oracle.end(work);
    simulation.note("%s: %s".formatted(work, outcome));
    Oracle.require(
        simulation.now() - start <= LONGEST.toNanos(),
        "%s took %d s".formatted(work, (simulation.now() - start) / 1_000_000_000));
    Oracle.require(!Thread.currentThread().isInterrupted(), work + " left its caller interrupted");
  }

  private void pause() {
    try {
      process.sleep(Duration.ofSeconds(random.nextLong(1, 60)));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void upload() {
    int number = random.nextInt(scenario.contents().size());
    byte[] content = scenario.contents().get(number).bytes;
    boolean randomKey = random.nextBoolean();
    boolean known = random.nextInt(3) > 0;
    boolean breaks = random.nextInt(10) == 0;
    int breaksAt = breaks ? random.nextInt(content.length + 1) : Integer.MAX_VALUE;
    var input = new ClientInput(content, breaksAt, random.nextInt(3) * 0.1, process, random);
    var work =
        new Work(
            "upload of content %d, %d bytes, %s key"
                .formatted(number, content.length, randomKey ? "random" : "convergent"),
            Optional.empty(),
            oracle.providers());
    var length = known ? OptionalLong.of(content.length) : OptionalLong.empty();
    work(
        work,
        () -> {
          try {
            return switch (engine.upload(input, length, randomKey)) {
              case Uploader.Stored.Literal(LiteralCap cap) -> {
                Oracle.require(
                    Arrays.equals(cap.data().toByteArray(), content), "a literal of other bytes");
                yield "literal";
              }
              case Uploader.Stored.Shared shared -> {
                var cap = shared.capability();
                oracle.acknowledged(cap, number, randomKey, shared.shares());
                Oracle.require(
                    oracle.isWhole(cap) || engine.misses(cap.verifyCap()),
                    "%s lacks shares, and nobody knows of it".formatted(cap));
                yield shared.shares() + " shares";
              }
            };
          } catch (UnhappyException e) {
            Oracle.require(
                work.wasTroubled(),
                "%s failed though nothing was wrong: %s".formatted(work, e.getMessage()));
            throw e;
          }
        });
  }

  private void read(Promise file) {
    int size = file.content().length;
    boolean whole = random.nextBoolean();
    int offset = whole ? 0 : random.nextInt(size);
    int length = whole ? size : random.nextInt(1, size - offset + 1);
    read(file, offset, length, random.nextInt(3) * 0.1);
  }

  /** Reads a part of a file, which must succeed if enough shares can be read all the time. */
  void read(Promise file, int offset, int length, double pauses) {
    var work =
        new Work(
            "read of %d bytes from %d of %s".formatted(length, offset, file),
            Optional.of(file),
            oracle.providers());
    byte[] expected = Arrays.copyOfRange(file.content(), offset, offset + length);
    var output = new ClientOutput(expected, pauses, process, random);
    work(
        work,
        () -> {
          try {
            engine.download(file.cap(), offset, length, output);
            output.requireComplete();
            return "done";
          } catch (BusyException e) {
            Oracle.require(
                scenario.budgetBytes() < Scenario.ENOUGH, "busy with memory enough: " + work);
            throw e;
          } catch (IOException e) {
            Oracle.require(
                !work.wasReadable(),
                "%s failed with shares enough: %s".formatted(work, e.getMessage()));
            throw e;
          }
        });
  }

  private void check(Promise file) {
    boolean verify = random.nextBoolean();
    var work = looking("check", file);
    work(
        work,
        () -> {
          var health = engine.check(file.cap().verifyCap(), verify);
          if (verify) {
            requireTrue(work, health);
          }
          return health.summary();
        });
  }

  void repair(Promise file) {
    var work = looking("repair", file);
    work(
        work,
        () -> {
          var repair = engine.repair(file.cap().verifyCap(), true);
          requireTrue(work, repair.before());
          requireTrue(work, repair.after());
          return repair.after().summary();
        });
  }

  private Work looking(String what, Promise file) {
    return new Work("%s of %s".formatted(what, file), Optional.of(file), oracle.providers());
  }

  /** Whatever is called good must have been right meanwhile. */
  private void requireTrue(Work work, Health health) {
    health
        .good()
        .asMap()
        .forEach((share, stores) ->
            stores.forEach(store ->
                Oracle.require(
                    work.wasRight(store, share),
                    "%s: share %d is called good at %s".formatted(work, share, store))));
  }

  void sweep() {
    work(
        new Work("sweep", Optional.empty(), oracle.providers()),
        () -> engine.sweep() + " leftovers");
  }
}
