package io.raic.gateway.admin;

import io.raic.gateway.web.BadRequestException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The numbers that charts draw, as JSON. */
@Controller
@ConditionalOnBooleanProperty(name = "raic.admin.enabled", matchIfMissing = true)
public final class SeriesController {
  private final Watcher watcher;
  private final History history;
  private final InstantSource clock;

  /**
   * Lists of one length.
   *
   * @param t times, in seconds since 1970
   * @param in bytes a second, to the gateway or the provider
   * @param out bytes a second from it
   * @param errors parts of 100 of what ended that failed; -1 where nothing ended
   * @param p50 seconds that half of what succeeded took; -1 where that is not known
   * @param p99 seconds that 99 of 100 took
   */
  public record Series(
      List<Long> t,
      List<Double> in,
      List<Double> out,
      List<Double> errors,
      List<Double> p50,
      List<Double> p99) {
    Series() {
      this(
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());
    }

    /** Adds a value to each list but the last two. */
    private void add(
        long at, double seconds, long bytesIn, long bytesOut, long calls, long failures) {
      t.add(at);
      in.add(bytesIn / seconds);
      out.add(bytesOut / seconds);
      errors.add(calls == 0 ? -1.0 : 100.0 * failures / calls);
    }
  }

  SeriesController(Watcher watcher, History history, InstantSource clock) {
    this.watcher = watcher;
    this.history = history;
    this.clock = clock;
  }

  /** Answers with the series of the gateway. */
  @GetMapping("/admin/series")
  @ResponseBody
  public Series series(@RequestParam(defaultValue = "hour") String span) {
    return series(History.GATEWAY, span);
  }

  /** Answers with the series of a provider. */
  @GetMapping("/admin/series/{provider}")
  @ResponseBody
  public Series ofProvider(
      @PathVariable String provider, @RequestParam(defaultValue = "hour") String span) {
    if (watcher.provider(provider).isEmpty()) {
      throw new BadRequestException(404, "there is no such provider");
    }
    return series(provider, span);
  }

  private Series series(String name, String span) {
    return span.equals("day") ? day(name) : hour(name);
  }

  private Series hour(String name) {
    var series = new Series();
    for (var sample : watcher.samples(name)) {
      double seconds = Math.max(1, sample.took().toMillis()) / 1000.0;
      series.add(
          sample.at().getEpochSecond(),
          seconds,
          sample.bytesIn(),
          sample.bytesOut(),
          sample.calls(),
          sample.failures());
      series.p50().add(seconds(sample.median()));
      series.p99().add(seconds(sample.longest()));
    }
    return series;
  }

  private static double seconds(Duration duration) {
    return duration.isZero() ? -1 : duration.toNanos() / 1e9;
  }

  private Series day(String name) {
    var series = new Series();
    var from = clock.instant().minus(Duration.ofDays(1));
    for (var slot : history.slots(History.Resolution.MINUTE, name, from)) {
      series.add(
          slot.at().getEpochSecond(),
          60,
          slot.bytesWritten(),
          slot.bytesRead(),
          slot.calls(),
          slot.failures());
      series.p50().add(-1.0);
      series.p99().add(-1.0);
    }
    return series;
  }
}
