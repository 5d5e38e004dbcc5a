package io.raic.cloud.resilience;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps what is stored below a limit: an upload that would exceed it is refused before a byte is
 * sent.
 *
 * <p>There is no list of objects, so this is an estimate: the sum of a listing of the whole store,
 * made at most once a day, and all that was committed since. It errs on the side of too much: what
 * replaces an object, and what was removed, counts until the next listing; an upload whose commit
 * was not answered counts as stored. It is too low by what another gateway or program stored since,
 * and before the first listing has ended. Where the limit stops an upload, the store is listed
 * again, if an hour has passed. A listing is a request for each 1000 objects or less; a driver that
 * lists folders makes one more for each, which are not counted.
 *
 * <p>For any thread, except {@link #countOn}.
 */
final class StoredBytes {
  private static final Duration FRESH = Duration.ofDays(1);
  private static final Duration FRESH_AT_THE_LIMIT = Duration.ofHours(1);
  private static final int PAGE = 1000;

  private final OptionalLong limit;
  private final Clock clock;
  private long counted;
  private Optional<Instant> countedAt = Optional.empty();
  private long committed;
  private long onTheirWay;
  private boolean isWanted;

  /** What was committed since the listing that goes on began, and how far that is. */
  private long committedMeanwhile;

  private long summed;
  private Optional<String> next = Optional.empty();

  StoredBytes(OptionalLong limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
    this.isWanted = limit.isPresent();
  }

  /** Goes on from what another process knew. */
  synchronized void resume(long bytes, Instant at) {
    counted = Math.max(0, bytes);
    countedAt = Optional.of(at);
    isWanted = limit.isPresent() && isOlderThan(FRESH);
  }

  private boolean isOlderThan(Duration age) {
    return countedAt.map(at -> at.plus(age).isBefore(clock.instant())).orElse(true);
  }

  /**
   * Makes room for an upload, until it is {@link #release released} or {@link #store stored}.
   *
   * @throws BackendException.OutOfSpace if that would be too much
   */
  synchronized void reserve(Request request, long bytes) {
    if (limit.isPresent() && bytes > limit.getAsLong() - estimate() - onTheirWay) {
      isWanted |= isOlderThan(FRESH_AT_THE_LIMIT);
      throw new BackendException.OutOfSpace(
          request,
          "%d bytes, and about %d of the %d allowed are stored"
              .formatted(bytes, estimate() + onTheirWay, limit.getAsLong()));
    }
    onTheirWay += bytes;
  }

  synchronized void release(long bytes) {
    onTheirWay -= bytes;
  }

  synchronized void store(long bytes) {
    onTheirWay -= bytes;
    committed += bytes;
    committedMeanwhile += bytes;
  }

  synchronized long estimate() {
    return counted + committed;
  }

  OptionalLong limit() {
    return limit;
  }

  /** Returns when the store was listed last; empty if it never was. */
  synchronized Optional<Instant> countedAt() {
    return countedAt;
  }

  /** Says whether the store has to be listed, or listed on. */
  synchronized boolean wantsCounting() {
    return isWanted || (limit.isPresent() && isOlderThan(FRESH));
  }

  /** Lists a page more; for one thread. */
  void countOn(CloudBackend store, Deadline deadline) {
    Optional<String> after = begin();
    var page = store.list("", after, PAGE, deadline);
    long bytes = page.objects().stream().mapToLong(object -> Math.max(0, object.size())).sum();
    add(bytes, page.next());
  }

  /** Has the next page be the first one. */
  synchronized void beginAnew() {
    next = Optional.empty();
  }

  private synchronized Optional<String> begin() {
    if (next.isEmpty()) {
      summed = 0;
      committedMeanwhile = 0;
    }
    return next;
  }

  private synchronized void add(long bytes, Optional<String> goesOnAt) {
    summed += bytes;
    next = goesOnAt;
    if (next.isEmpty()) {
      counted = summed;
      committed = committedMeanwhile;
      countedAt = Optional.of(clock.instant());
      isWanted = false;
    }
  }
}
