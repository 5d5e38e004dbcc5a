package io.raic.gateway.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Numbers and times as people read them. Pure functions. */
final class Words {
  /** What is said where there is no source. */
  static final String NOT_KNOWN = "not known";

  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Words() {}

  static String bytes(long bytes) {
    return bytes((double) bytes);
  }

  static String bytes(double bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.size() - 1) {
      value /= 1000;
      unit++;
    }
    return number(value, unit == 0) + " " + UNITS.get(unit);
  }

  private static String number(double value, boolean isWhole) {
    return String.format(Locale.ROOT, isWhole || value >= 99.5 ? "%.0f" : "%.1f", value);
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String count(long count, String one, String more) {
    return count(count) + " " + (count == 1 ? one : more);
  }

  /** Returns parts of a whole, never rounded up to all of it, nor down to none. */
  static String percent(double part) {
    double percent = 100 * part;
    if (percent >= 100 || percent <= 0) {
      return percent <= 0 ? "0 %" : "100 %";
    }
    if (percent > 99.99 || percent < 0.01) {
      return percent < 1 ? "< 0.01 %" : "> 99.99 %";
    }
    return String.format(Locale.ROOT, "%.2f %%", percent);
  }

  static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis == 0 && !duration.isZero() ? "< 1 ms" : millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    long minutes = duration.toMinutes();
    if (minutes < 60) {
      return "%d min %d s".formatted(minutes, duration.toSecondsPart());
    }
    if (duration.toHours() < 48) {
      return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return duration.toDays() + " days";
  }

  static String ago(Instant at, Instant now) {
    var since = Duration.between(at, now);
    return since.compareTo(Duration.ofSeconds(2)) < 0
        ? "just now"
        : duration(Duration.ofSeconds(since.toSeconds())).replace(".0 s", " s") + " ago";
  }

  static String time(Instant at) {
    return TIME.format(at);
  }

  /** Returns names as a sentence lists them. */
  static String list(List<String> names) {
    return switch (names.size()) {
      case 0 -> "none";
      case 1 -> names.getFirst();
      default -> String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    };
  }
}
