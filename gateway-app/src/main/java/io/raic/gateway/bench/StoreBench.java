package io.raic.gateway.bench;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.gateway.bench.Figures.Failure;
import io.raic.gateway.bench.Figures.Times;
import io.raic.gateway.provider.ProviderSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Measures one store, with objects of its own below a name that nobody else has, and removes them.
 *
 * <p>The first failure ends the measuring of this store. For one thread at a time, which starts
 * others for streams that are to run at once.
 */
final class StoreBench {
  private static final double NANOS = 1e9;

  private final CloudBackend backend;
  private final StoredObjects objects;
  private final ObjectKey together;
  private final Workload work;
  private final LongSupplier nanoClock;
  private final LongConsumer moved;
  private final List<Times> times = new ArrayList<>();
  private OptionalDouble up = OptionalDouble.empty();
  private OptionalDouble down = OptionalDouble.empty();
  private OptionalDouble upAtOnce = OptionalDouble.empty();
  private OptionalDouble downAtOnce = OptionalDouble.empty();
  private Optional<Failure> failure = Optional.empty();

  /**
   * Prepares to measure.
   *
   * @param prefix under which nobody else has objects, with a slash at its end
   * @param moved told of bytes as they pass, by any thread
   */
  StoreBench(
      CloudBackend backend,
      String prefix,
      Workload work,
      LongSupplier nanoClock,
      LongConsumer moved) {
    this.backend = backend;
    this.objects = new StoredObjects(backend, prefix, nanoClock, moved);
    this.together = objects.name();
    this.work = work;
    this.nanoClock = nanoClock;
    this.moved = moved;
  }

  /** Measures all for which the store has to be alone, and removes the objects. */
  void alone() {
    ending(() -> {
      backend.probe(Deadline.in(StoredObjects.STEP));
      long middle = Workload.MIDDLE_BYTES;
      measureTimes(work.timed().stream().filter(length -> length < middle).toList());
      measureTimes(work.timed().stream().filter(length -> length >= middle).toList());
      var single = List.of(work.singleBytes());
      var keys = names(single);
      up = atOnce(single, keys, objects::write);
      down = atOnce(single, keys, objects::read);
      measureStreams();
    });
  }

  private void measureTimes(List<Long> lengths) {
    var keys = names(lengths);
    var commits = new ArrayList<Duration>();
    for (int i = 0; i < keys.size(); i++) {
      long start = nanoClock.getAsLong();
      objects.write(keys.get(i), lengths.get(i));
      commits.add(Duration.ofNanos(nanoClock.getAsLong() - start));
    }
    var firstBytes = new ArrayList<Duration>();
    for (int i = 0; i < keys.size(); i++) {
      firstBytes.add(objects.read(keys.get(i), lengths.get(i)));
    }
    times.add(new Times(new Spread(commits), new Spread(firstBytes)));
  }

  private void measureStreams() {
    var lengths = work.streams();
    var keys = names(lengths);
    upAtOnce = atOnce(lengths, keys, objects::write);
    downAtOnce = atOnce(lengths, keys, objects::read);
  }

  /** What is done with an object. */
  private interface Step {
    void run(ObjectKey key, long length);
  }

  /** Does {@code step} with all objects at once and returns the rate. */
  private OptionalDouble atOnce(List<Long> lengths, List<ObjectKey> keys, Step step) {
    var steps = new ArrayList<Runnable>();
    for (int i = 0; i < keys.size(); i++) {
      var key = keys.get(i);
      long length = lengths.get(i);
      steps.add(() -> step.run(key, length));
    }
    long bytes = lengths.stream().mapToLong(length -> length).sum();
    long start = nanoClock.getAsLong();
    AtOnce.run(steps);
    return OptionalDouble.of(bytes * NANOS / Math.max(1, nanoClock.getAsLong() - start));
  }

  /** Writes the object that all stores get at once; does nothing after a failure. */
  void writeTogether() {
    ending(() -> objects.write(together, work.togetherBytes()));
  }

  /** Reads it. */
  void readTogether() {
    ending(() -> objects.read(together, work.togetherBytes()));
  }

  boolean hasFailed() {
    return failure.isPresent();
  }

  /** Removes all objects, even for a thread that was interrupted, which it still is afterwards. */
  void cleanUp() {
    objects.remove().ifPresent(this::fail);
  }

  /** Returns what was measured; call it last. */
  Figures figures(ProviderSettings provider) {
    // Nobody waits for what will not pass any more.
    moved.accept(2 * work.bytes() - objects.movedBytes());
    var none = new Times(new Spread(List.of()), new Spread(List.of()));
    return new Figures(
        provider.id(),
        provider.operator(),
        provider.prices(),
        times.isEmpty() ? none : times.getFirst(),
        times.size() < 2 ? none : times.getLast(),
        up,
        down,
        upAtOnce,
        downAtOnce,
        failure,
        objects.left());
  }

  private void ending(Runnable steps) {
    if (hasFailed() || Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      steps.run();
    } catch (BackendException e) {
      fail(e);
    } catch (IllegalStateException e) {
      // A file with a credential that cannot be read, for one.
      fail(new Failure(String.valueOf(e.getMessage()), false));
    }
  }

  private void fail(BackendException e) {
    fail(new Failure(String.valueOf(e.getMessage()), e.canRetryHelp()));
  }

  private void fail(Failure reason) {
    if (failure.isEmpty()) {
      failure = Optional.of(reason);
    }
  }

  private List<ObjectKey> names(List<Long> lengths) {
    return lengths.stream().map(_ -> objects.name()).toList();
  }
}
