package io.raic.cloud.resilience;

import io.raic.cloud.BackendException;
import io.raic.cloud.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * Counts the requests of a calendar month, in UTC, and makes none beyond the limit.
 *
 * <p>The count is not the provider's: a driver's own retries, fetching of tokens, and removal of
 * abandoned parts are not seen; an upload counts as one request, or, where it is longer than the
 * driver's buffer, as one for each of these and two more; what was counted in the last minute
 * before a crash is lost; and another gateway counts for itself. So a limit wants some distance to
 * what must not be exceeded. For any thread.
 */
final class RequestBudget {
  private final OptionalLong limit;
  private final Clock clock;
  private YearMonth month;
  private long used;

  RequestBudget(OptionalLong limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
    this.month = now();
  }

  private YearMonth now() {
    return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
  }

  private void follow() {
    var now = now();
    if (!now.equals(month)) {
      month = now;
      used = 0;
    }
  }

  /** Goes on from a count of another process, if that was of this month. */
  synchronized void resume(YearMonth counted, long count) {
    follow();
    if (counted.equals(month)) {
      used += Math.max(0, count);
    }
  }

  /**
   * Takes requests of this month's.
   *
   * @throws BackendException.Throttled until the next month if they are used up
   */
  synchronized void take(Request request, long count) {
    if (!tryTake(count)) {
      var nextMonth = month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
      throw new BackendException.Throttled(
          request,
          "the %d requests of this month are used up".formatted(limit.orElseThrow()),
          Duration.between(clock.instant(), nextMonth));
    }
  }

  /** Takes requests of this month's, if there are as many. */
  synchronized boolean tryTake(long count) {
    follow();
    if (limit.isPresent() && count > limit.getAsLong() - used) {
      return false;
    }
    used += count;
    return true;
  }

  synchronized YearMonth month() {
    follow();
    return month;
  }

  /** Returns how many were made this month. */
  synchronized long used() {
    follow();
    return used;
  }

  OptionalLong limit() {
    return limit;
  }
}
