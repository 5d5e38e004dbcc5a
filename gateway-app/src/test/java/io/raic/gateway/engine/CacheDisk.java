package io.raic.gateway.engine;

import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import io.raic.gateway.schedule.VirtualThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;

/** The disk of a cache: what is on it, and when what was to be written is. */
final class CacheDisk implements Scheduler {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Scheduler machine = new VirtualThreads();
  private final Queue<Strand> writers = new ConcurrentLinkedQueue<>();
  private final Path directory;

  CacheDisk(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /** Waits until all is written. */
  void settle() {
    try {
      for (var writer = writers.poll(); writer != null; writer = writers.poll()) {
        if (!writer.join(LONG)) {
          throw new AssertionError("the cache writes for ever");
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the files of all segments, when all are written. */
  List<Path> segments() throws IOException {
    settle();
    try (var files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(".segment")).sorted().toList();
    }
  }

  /** Returns how much of the disk all files take, when all are written. */
  long bytes() throws IOException {
    settle();
    try (var files = Files.list(directory)) {
      return files.mapToLong(f -> Math.ceilDiv(f.toFile().length(), 4096L) * 4096).sum();
    }
  }

  @Override
  public long nanoTime() {
    return machine.nanoTime();
  }

  @Override
  public Strand start(String name, Runnable work) {
    var strand = machine.start(name, work);
    writers.add(strand);
    return strand;
  }

  @Override
  public Lock newLock() {
    return machine.newLock();
  }
}
