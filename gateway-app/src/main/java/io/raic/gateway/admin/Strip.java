package io.raic.gateway.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A timeline, as rectangles in a picture of {@link #WIDTH} units.
 *
 * @param words what it shows, for who cannot see it
 * @param cells from left to right
 */
public record Strip(String words, List<Cell> cells) {
  /** How wide the picture is. */
  public static final int WIDTH = 960;

  /**
   * A rectangle.
   *
   * @param x where it begins
   * @param width how wide it is
   * @param css how good that time was
   * @param words that time, for people
   */
  public record Cell(double x, double width, String css, String words) {}

  /** Copies the list. */
  public Strip {
    cells = List.copyOf(cells);
  }

  /** Returns the timeline of one kind of calls over samples, which are an hour at most. */
  static Strip of(List<Sample> samples, boolean isRead, Instant now) {
    var start = now.minus(Duration.ofHours(1));
    var cells = new ArrayList<Cell>();
    int i = 0;
    while (i < samples.size()) {
      var standing = standing(samples.get(i), isRead);
      var from = samples.get(i).at().minus(samples.get(i).took());
      while (i + 1 < samples.size() && standing(samples.get(i + 1), isRead) == standing) {
        i++;
      }
      var to = i + 1 == samples.size() ? now : samples.get(i).at();
      double x = x(from, start);
      cells.add(
          new Cell(
              x,
              Math.max(1, x(to, start) - x),
              standing.name().toLowerCase(Locale.ROOT),
              "%s from %s to %s".formatted(standing.words(), Words.time(from), Words.time(to))));
      i++;
    }
    String last = samples.isEmpty() ? Words.NOT_KNOWN : standing(samples.getLast(), isRead).words();
    return new Strip(
        "Circuit of %s over the last hour; now: %s, %s"
            .formatted(
                isRead ? "reading" : "writing",
                last,
                Words.count(Math.max(0, cells.size() - 1), "change", "changes")),
        cells);
  }

  private static Sample.Standing standing(Sample sample, boolean isRead) {
    return isRead ? sample.read() : sample.write();
  }

  private static double x(Instant at, Instant start) {
    double part = (double) Duration.between(start, at).toMillis() / Duration.ofHours(1).toMillis();
    return Math.round(10 * WIDTH * Math.clamp(part, 0, 1)) / 10.0;
  }

  /**
   * Returns the timeline of slots, put together into {@code count} cells.
   *
   * @param from when the first cell begins
   * @param each how long a cell is
   */
  static Strip of(String words, List<Slot> slots, Instant from, Duration each, int count) {
    var sums = new ArrayList<Slot>();
    for (int i = 0; i < count; i++) {
      sums.add(Slot.empty(from.plus(each.multipliedBy(i))));
    }
    for (var slot : slots) {
      long cell = Math.floorDiv(Duration.between(from, slot.at()).toMillis(), each.toMillis());
      if (cell >= 0 && cell < count) {
        sums.set((int) cell, sums.get((int) cell).plus(slot));
      }
    }
    double width = (double) WIDTH / count;
    var cells = new ArrayList<Cell>();
    for (int i = 0; i < count; i++) {
      var sum = sums.get(i);
      cells.add(
          new Cell(
              Math.round(10 * i * width) / 10.0,
              Math.round(10 * (width - 1)) / 10.0,
              css(sum),
              words(sum)));
    }
    return new Strip(words, cells);
  }

  private static String css(Slot slot) {
    if (slot.seenMillis() == 0) {
      return "unseen";
    }
    double down = (double) slot.downMillis() / slot.seenMillis();
    return down == 0 ? "closed" : down < 0.5 ? "half_open" : "open";
  }

  private static String words(Slot slot) {
    if (slot.seenMillis() == 0) {
      return "%s: not watched".formatted(Words.time(slot.at()));
    }
    double up = 1 - (double) slot.downMillis() / slot.seenMillis();
    return "from %s: %s".formatted(Words.time(slot.at()), Words.percent(up));
  }
}
