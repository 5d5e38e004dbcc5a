package io.raic.gateway.file;

import io.raic.gateway.schedule.Scheduler;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The uploads and downloads that go on, and how those went that have ended: for who wants to look.
 * Nothing of a file is in it but its size; as many go on as there is memory for.
 *
 * <p>For any number of threads; a transfer for one at a time.
 */
public final class TransferBoard {
  /** Times up to {@code 2^(i/4)} ms are in bucket i, and all longer ones in the last. */
  private static final int BUCKETS = 92;

  private final Scheduler scheduler;
  private final Map<Long, Transfer> running = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder[] times =
      Stream.generate(LongAdder::new).limit(BUCKETS).toArray(LongAdder[]::new);

  /** Which way the bytes go. */
  public enum Direction {
    /** To the gateway. */
    UPLOAD,
    /** From it. */
    DOWNLOAD
  }

  /**
   * A transfer that goes on.
   *
   * @param id a number that no other one has
   * @param direction which way
   * @param size how much it will be, if that is known
   * @param bytes how much it was so far
   * @param age since when, as long ago
   */
  public record Running(
      long id, Direction direction, OptionalLong size, long bytes, Duration age) {}

  /**
   * What was counted since the start.
   *
   * @param bytesIn that clients sent
   * @param bytesOut that they got
   * @param succeeded transfers that did what they were to do
   * @param failed those that failed, other than by what their client did
   * @param times how many of those that succeeded took up to {@code 2^(i/4)} ms, for each i
   */
  public record Totals(long bytesIn, long bytesOut, long succeeded, long failed, List<Long> times) {
    /** Copies the list. */
    public Totals {
      times = List.copyOf(times);
    }

    /** Returns what was counted since {@code before}. */
    public Totals since(Totals before) {
      var between =
          IntStream.range(0, times.size())
              .mapToObj(i -> times.get(i) - before.times.get(i))
              .toList();
      return new Totals(
          bytesIn - before.bytesIn,
          bytesOut - before.bytesOut,
          succeeded - before.succeeded,
          failed - before.failed,
          between);
    }

    /** Returns the time that {@code fraction} did not exceed, at most a fifth too high. */
    public Duration quantile(double fraction) {
      long count = times.stream().mapToLong(Long::longValue).sum();
      long wanted = Math.max(1, (long) Math.ceil(fraction * count));
      for (int i = 0; i < times.size(); i++) {
        wanted -= times.get(i);
        if (wanted <= 0) {
          return Duration.ofNanos((long) (Math.pow(2, i / 4.0) * 1e6));
        }
      }
      return Duration.ZERO;
    }
  }

  /** Nothing goes on yet; how long it takes is measured by {@code scheduler}. */
  public TransferBoard(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Begins one; it goes on until it is closed. */
  public Transfer begin(Direction direction, OptionalLong size) {
    var transfer = new Transfer(last.incrementAndGet(), direction, size, scheduler.nanoTime());
    running.put(transfer.id, transfer);
    return transfer;
  }

  /** Returns what goes on, the oldest first. */
  public List<Running> running() {
    long now = scheduler.nanoTime();
    return running.values().stream()
        .map(t ->
            new Running(
                t.id, t.direction, t.size, t.bytes.get(), Duration.ofNanos(now - t.startNanos)))
        .sorted(Comparator.comparingLong(Running::id))
        .toList();
  }

  /** Returns how many go on in a direction. */
  public long running(Direction direction) {
    return running.values().stream().filter(t -> t.direction == direction).count();
  }

  /** Returns what was counted up to now. */
  public Totals totals() {
    return new Totals(
        bytesIn.sum(),
        bytesOut.sum(),
        succeeded.sum(),
        failed.sum(),
        Arrays.stream(times).map(LongAdder::sum).toList());
  }

  /** One that goes on. What ends it without a word has made it fail. */
  public final class Transfer implements AutoCloseable {
    private final long id;
    private final Direction direction;
    private final OptionalLong size;
    private final long startNanos;
    private final AtomicLong bytes = new AtomicLong();
    private boolean isDone;
    private boolean isClients;

    private Transfer(long id, Direction direction, OptionalLong size, long startNanos) {
      this.id = id;
      this.direction = direction;
      this.size = size;
      this.startNanos = startNanos;
    }

    /** Counts what is read; an error of {@code body} is its client's. */
    public InputStream counting(InputStream body) {
      return new FilterInputStream(body) {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          try {
            int got = in.read(target, offset, length);
            add(bytesIn, Math.max(0, got));
            return got;
          } catch (IOException e) {
            isClients();
            throw e;
          }
        }
      };
    }

    /** Counts what is written; an error of {@code answer} is its client's. */
    public OutputStream counting(OutputStream answer) {
      return new FilterOutputStream(answer) {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
          try {
            out.write(source, offset, length);
            add(bytesOut, length);
          } catch (IOException e) {
            isClients();
            throw e;
          }
        }
      };
    }

    private void add(LongAdder total, int more) {
      total.add(more);
      bytes.addAndGet(more);
    }

    /** Notes that it has done what it was to do. */
    public void done() {
      isDone = true;
    }

    /** Notes that it fails by what its client asked for, or did. */
    public void isClients() {
      isClients = true;
    }

    @Override
    public void close() {
      if (running.remove(id) == null) {
        return;
      }
      if (isDone) {
        succeeded.increment();
        double millis = Math.max(1, (scheduler.nanoTime() - startNanos) / 1e6);
        int bucket = (int) Math.ceil(4 * Math.log(millis) / Math.log(2));
        times[Math.min(bucket, BUCKETS - 1)].increment();
      } else if (!isClients) {
        failed.increment();
      }
    }
  }
}
