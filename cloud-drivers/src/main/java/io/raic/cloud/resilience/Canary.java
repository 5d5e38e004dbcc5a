package io.raic.cloud.resilience;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import io.raic.cloud.Request;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A tiny object that is put, got, compared and removed, to see what works; four requests at most.
 *
 * <p>Each has a name of its own below {@link #PREFIX}, where nobody looks for shares: a store that
 * shows an older version for a while is not taken for a broken one. One that could not be removed
 * is tried again with a later canary; a process that is killed leaves one at most, of {@link
 * #BYTES} bytes. For one thread at a time.
 */
final class Canary {
  /** What all names of canaries begin with. */
  static final String PREFIX = "canary/";

  /** The requests of one. */
  static final int REQUESTS = 4;

  static final int BYTES = 64;

  private static final int MAX_LEFT_BEHIND = 16;
  private static final int NAME_BYTES = 8;

  /**
   * What one found.
   *
   * @param writing what failed; empty if nothing did
   * @param reading what failed; empty if nothing did
   * @param wrote how long the slowest step of writing took
   * @param read how long reading took
   */
  record Result(
      Optional<BackendException> writing,
      Optional<BackendException> reading,
      Duration wrote,
      Duration read) {
    Optional<BackendException> failure(Kind kind) {
      return switch (kind) {
        case READ -> reading;
        case WRITE -> writing;
      };
    }

    Duration took(Kind kind) {
      return switch (kind) {
        case READ -> read;
        case WRITE -> wrote;
      };
    }
  }

  @FunctionalInterface
  private interface Step {
    void run();
  }

  /** What became of a step. */
  private record Done(Optional<BackendException> failure, Duration took) {
    boolean isWell() {
      return failure.isEmpty();
    }
  }

  private final CloudBackend store;
  private final Duration patience;
  private final SecureRandom random = new SecureRandom();
  private final String name;
  private final ArrayDeque<ObjectKey> leftBehind = new ArrayDeque<>();
  private long number;

  /**
   * Makes canaries.
   *
   * @param patience how long each step may take
   */
  Canary(CloudBackend store, Duration patience) {
    this.store = store;
    this.patience = patience;
    byte[] own = new byte[NAME_BYTES];
    random.nextBytes(own);
    this.name = HexFormat.of().formatHex(own);
  }

  /** Sends one. */
  Result send() {
    var key = ObjectKey.of("%s%s-%d".formatted(PREFIX, name, number++));
    byte[] content = new byte[BYTES];
    random.nextBytes(content);
    var put = attempt(Operation.BEGIN, () -> put(key, content));
    var get = attempt(Operation.GET, () -> compare(key, content, put.isWell()));
    var writing = put.failure().filter(Canary::isNoAnswerToAWrite);
    var wrote = put.took();
    if (put.isWell()) {
      var delete = attempt(Operation.DELETE, () -> store.delete(key, deadline()));
      wrote = longer(wrote, delete.took());
      writing = delete.failure().filter(Canary::isNoRefusal);
      if (delete.isWell()) {
        removeOneLeftBehind();
      } else {
        leave(key);
      }
    } else if (writing.isPresent()) {
      // It may be there all the same.
      leave(key);
    }
    var reading = get.failure().filter(Canary::isNoRefusal);
    return new Result(writing, reading, wrote, get.took());
  }

  /**
   * A store that is full, or refuses us, works, and has to be asked for callers to learn what it
   * says.
   */
  private static boolean isNoAnswerToAWrite(BackendException e) {
    return switch (e) {
      case BackendException.OutOfSpace _,
          BackendException.PreconditionFailed _,
          BackendException.AccessDenied _ ->
          false;
      default -> true;
    };
  }

  private static boolean isNoRefusal(BackendException e) {
    return !(e instanceof BackendException.AccessDenied);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private void put(ObjectKey key, byte[] content) {
    try (var upload = store.begin(key, content.length, Precondition.none(), deadline())) {
      upload.write(content, 0, content.length);
      upload.commit();
    }
  }

  private void compare(ObjectKey key, byte[] content, boolean isThere) {
    try (var download = store.get(key, ByteRange.ALL, deadline()).orElse(null)) {
      if (isThere && (download == null || !Arrays.equals(content, read(download)))) {
        throw new BackendException.Corrupt(
            Request.of(store.id(), Operation.GET), "a canary did not come back as it was sent");
      }
    }
  }

  private static byte[] read(Download download) {
    byte[] got = new byte[BYTES + 1];
    int length = 0;
    int count = 0;
    while (count >= 0 && length < got.length) {
      length += count;
      count = length < got.length ? download.read(got, length, got.length - length) : -1;
    }
    return Arrays.copyOf(got, length);
  }

  private Done attempt(Operation operation, Step step) {
    long start = System.nanoTime();
    var watch = Bound.watch(deadline(), () -> 0, () -> {});
    try {
      step.run();
      return new Done(Optional.empty(), since(start));
    } catch (BackendException e) {
      return new Done(Optional.of(e), since(start));
    } catch (RuntimeException e) {
      var failure =
          new BackendException.Unavailable(
              Request.of(store.id(), operation), e.getClass().getSimpleName());
      return new Done(Optional.of(failure), since(start));
    } finally {
      Bound.end(watch);
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private Deadline deadline() {
    return Deadline.in(patience);
  }

  private void leave(ObjectKey key) {
    if (leftBehind.size() == MAX_LEFT_BEHIND) {
      leftBehind.removeFirst();
    }
    leftBehind.addLast(key);
  }

  private void removeOneLeftBehind() {
    var key = leftBehind.pollFirst();
    if (key != null && !attempt(Operation.DELETE, () -> store.delete(key, deadline())).isWell()) {
      leave(key);
    }
  }
}
