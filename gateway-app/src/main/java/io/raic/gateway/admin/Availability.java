package io.raic.gateway.admin;

import io.raic.gateway.admin.History.Resolution;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For which part of the time providers worked: neither reading nor writing was stopped. Looked up
 * at most twice a minute. For any thread.
 */
public final class Availability {
  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final int QUARTERS = 96;
  private static final int DAYS = 30;

  private final History history;
  private final Map<String, Kept> kept = new HashMap<>();

  private record Kept(Instant at, Report report) {}

  /**
   * What is known of a provider.
   *
   * @param day its last 24 hours
   * @param month its last 30 days
   * @param bytesReadThisMonth of the calendar, in UTC, by all gateways
   */
  public record Report(Part day, Part month, long bytesReadThisMonth) {
    /** Returns what was read this month at a price of a gigabyte. */
    BigDecimal cost(BigDecimal egressGb) {
      return egressGb.multiply(BigDecimal.valueOf(bytesReadThisMonth, 9));
    }
  }

  /**
   * A span of time.
   *
   * @param words how much of it the provider worked
   * @param seen how much of it anybody looked
   * @param strip its timeline
   */
  public record Part(String words, String seen, Strip strip) {}

  /** Looks it up in {@code history}. */
  public Availability(History history) {
    this.history = history;
  }

  /** Returns what is known of a provider; empty if the database does not answer. */
  public Optional<Report> of(String provider, Instant now) {
    synchronized (kept) {
      var last = kept.get(provider);
      if (last != null && Duration.between(last.at(), now).compareTo(FRESH) < 0) {
        return Optional.of(last.report());
      }
    }
    try {
      var report = read(provider, now);
      synchronized (kept) {
        kept.put(provider, new Kept(now, report));
      }
      return Optional.of(report);
    } catch (RuntimeException _) {
      return Optional.empty();
    }
  }

  private Report read(String provider, Instant now) {
    var quarter = Duration.ofMinutes(15);
    long step = quarter.toMillis();
    var end = Instant.ofEpochMilli((now.toEpochMilli() / step + 1) * step);
    var dayStart = end.minus(quarter.multipliedBy(QUARTERS));
    var minutes = history.slots(Resolution.MINUTE, provider, dayStart);
    var tomorrow = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    var monthStart = tomorrow.minus(Duration.ofDays(DAYS));
    var hours = history.slots(Resolution.HOUR, provider, monthStart.minus(Duration.ofDays(2)));
    var inMonth = hours.stream().filter(slot -> !slot.at().isBefore(monthStart)).toList();
    var first = now.atZone(ZoneOffset.UTC).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
    long bytes =
        hours.stream()
            .filter(slot -> !slot.at().isBefore(first.toInstant()))
            .mapToLong(Slot::bytesRead)
            .sum();
    return new Report(
        part("last 24 hours", minutes, dayStart, quarter, QUARTERS),
        part("last 30 days", inMonth, monthStart, Duration.ofDays(1), DAYS),
        bytes);
  }

  private static Part part(String span, List<Slot> slots, Instant from, Duration each, int count) {
    var all = slots.stream().reduce(Slot.empty(from), Slot::plus);
    if (all.seenMillis() == 0) {
      var strip = Strip.of("Nothing is known yet of the " + span, slots, from, each, count);
      return new Part(Words.NOT_KNOWN, "nothing seen yet", strip);
    }
    String words = Words.percent(1 - (double) all.downMillis() / all.seenMillis());
    String seen = "of " + Words.duration(Duration.ofMillis(all.seenMillis())) + " watched";
    String label = "%s in the %s, %s".formatted(words, span, seen);
    return new Part(words, seen, Strip.of(label, slots, from, each, count));
  }
}
