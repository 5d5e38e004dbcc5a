package io.raic.gateway.admin;

import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.grid.BusyException;
import io.raic.gateway.repair.Health;
import io.raic.gateway.repair.Repairer;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import io.raic.gateway.web.BadRequestException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that somebody has looked up, and what is done with them: under names that say nothing,
 * for pages. The oldest are forgotten, but not while something is done with them. For any number of
 * threads.
 */
public final class FileDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileDesk.class);

  /** No more files are remembered than this. */
  static final int MAX_FILES = 500;

  /** No more is done at a time than this. */
  static final int MAX_JOBS = 4;

  private static final Duration END = Duration.ofSeconds(5);

  private final Repairer repairer;
  private final FileMap map;
  private final EventLog events;
  private final Feed feed;
  private final Scheduler scheduler;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Semaphore free = new Semaphore(MAX_JOBS);
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** What is done now, and maybe some of what was. */
  private final List<Strand> strands = new ArrayList<>();

  private boolean isClosed;

  /** A file that was looked up. */
  static final class Entry {
    private final String id;
    private final StorageIndex index;
    private final Optional<VerifyCap> cap;
    private volatile Optional<FileJob> job = Optional.empty();

    private Entry(String id, StorageIndex index, Optional<VerifyCap> cap) {
      this.id = id;
      this.index = index;
      this.cap = cap;
    }

    String id() {
      return id;
    }

    StorageIndex index() {
      return index;
    }

    Optional<VerifyCap> cap() {
      return cap;
    }

    Optional<FileJob> job() {
      return job;
    }

    private boolean isAtWork() {
      return job.map(begun -> begun.result().isEmpty()).orElse(false);
    }
  }

  /** Works with {@code repairer} on what is looked up. */
  public FileDesk(
      Repairer repairer,
      FileMap map,
      EventLog events,
      Feed feed,
      Scheduler scheduler,
      InstantSource clock,
      RandomGenerator random) {
    this.repairer = repairer;
    this.map = map;
    this.events = events;
    this.feed = feed;
    this.scheduler = scheduler;
    this.clock = clock;
    this.random = random;
  }

  /** Remembers a file, and returns it under a name that says nothing. */
  Entry open(StorageIndex index, Optional<VerifyCap> cap) {
    byte[] id = new byte[16];
    random.nextBytes(id);
    var entry =
        new Entry(
            HexFormat.of().formatHex(id),
            index,
            cap.or(() -> map.file(index).map(FileMap.Known::cap)));
    synchronized (entries) {
      if (entries.size() >= MAX_FILES) {
        // There is one: no more are at work than MAX_JOBS.
        entries.values().stream()
            .filter(old -> !old.isAtWork())
            .findFirst()
            .ifPresent(old -> entries.remove(old.id));
      }
      entries.put(entry.id, entry);
    }
    return entry;
  }

  /** Returns the file that is called {@code id} here. */
  Optional<Entry> find(String id) {
    synchronized (entries) {
      return Optional.ofNullable(entries.get(id));
    }
  }

  /** Returns where its shares were last seen. */
  Optional<FileMap.Known> known(Entry entry) {
    return map.file(entry.index);
  }

  /**
   * Begins to work on a file.
   *
   * @throws BadRequestException if that cannot be, or not now
   */
  void start(Entry entry, FileWork work, String actor) {
    var cap =
        entry.cap.orElseThrow(
            () -> new BadRequestException("this takes the verify capability of the file"));
    synchronized (entry) {
      if (entry.isAtWork()) {
        throw new BadRequestException(409, "something is being done with this file already");
      }
      if (!free.tryAcquire()) {
        throw new BadRequestException(503, "too many checks and repairs go on: try again soon");
      }
      entry.job = Optional.of(new FileJob(work, actor, clock.instant(), 0, 0, Optional.empty()));
    }
    boolean isStarted = false;
    try {
      begin(() -> run(entry, cap, work));
      isStarted = true;
    } finally {
      if (!isStarted) {
        free.release();
        end(entry, work, unexpected());
      }
    }
  }

  private void begin(Runnable job) {
    synchronized (strands) {
      if (isClosed) {
        throw new BadRequestException(503, "the gateway is stopping");
      }
      strands.removeIf(FileDesk::hasEnded);
      strands.add(scheduler.start("dashboard job", job));
    }
  }

  private static boolean hasEnded(Strand strand) {
    try {
      return strand.join(Duration.ZERO);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run(Entry entry, VerifyCap cap, FileWork work) {
    var result = unexpected();
    try {
      result = result(entry, cap, work);
    } catch (BusyException e) {
      result = failure("The gateway is busy: try again soon.", e);
    } catch (IOException e) {
      result = failure("It could not be done.", e);
    } catch (RuntimeException e) {
      LOG.error("a {} failed unexpectedly", work.path(), e);
    } finally {
      // Also of an error that ends this strand.
      free.release();
      end(entry, work, result);
    }
  }

  private FileJob.Result unexpected() {
    return failure("It could not be done: the log says why.", new IOException("see the log"));
  }

  private void end(Entry entry, FileWork work, FileJob.Result result) {
    entry.job = Optional.of(entry.job.orElseThrow().ended(result));
    events.add(
        result.level(),
        History.GATEWAY,
        "%s of a file: %s".formatted(work.label(), result.words()),
        clock.instant());
    feed.tell(Feed.Topic.JOBS);
  }

  private FileJob.Result failure(String words, Exception e) {
    return new FileJob.Result(
        clock.instant(),
        Level.WARN,
        words,
        Optional.empty(),
        List.of(String.valueOf(e.getMessage())));
  }

  private FileJob.Result result(Entry entry, VerifyCap cap, FileWork work) throws IOException {
    if (work != FileWork.REPAIR) {
      return of(repairer.check(cap, work == FileWork.VERIFY));
    }
    var repair =
        repairer.repair(
            cap,
            true,
            (segments, total) -> {
              entry.job = Optional.of(entry.job.orElseThrow().at(segments, total));
              feed.tell(Feed.Topic.JOBS);
            });
    if (!repair.attempted()) {
      return of(repair.after());
    }
    String words =
        repair.successful()
            ? "Repaired: all %d shares are there.".formatted(cap.total())
            : "It could not be made whole.";
    return new FileJob.Result(
        clock.instant(),
        repair.successful() ? Level.OK : level(repair.after()),
        words,
        Optional.of(repair.after()),
        repair.failures());
  }

  private FileJob.Result of(Health health) {
    int good = health.good().distinctShares();
    int total = health.cap().total();
    String words =
        health.healthy()
            ? "Healthy: all %d shares are good.".formatted(total)
            : health.recoverable()
                ? "%d of %d shares are good; %d rebuild the file."
                    .formatted(good, total, health.cap().needed())
                : "It cannot be rebuilt now: %d good shares, and %d are needed."
                    .formatted(good, health.cap().needed());
    return new FileJob.Result(
        clock.instant(), level(health), words, Optional.of(health), health.inspection().failures());
  }

  private static Level level(Health health) {
    return health.healthy() ? Level.OK : health.recoverable() ? Level.WARN : Level.BAD;
  }

  /** Begins nothing any more, and ends what goes on, unless that takes too long. */
  @Override
  public void close() {
    List<Strand> left;
    synchronized (strands) {
      isClosed = true;
      left = List.copyOf(strands);
    }
    left.forEach(Strand::interrupt);
    long end = scheduler.nanoTime() + END.toNanos();
    try {
      for (var strand : left) {
        var _ = strand.join(Duration.ofNanos(Math.max(0, end - scheduler.nanoTime())));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
