package io.raic.gateway.admin;

import io.raic.cloud.resilience.Kind;
import io.raic.gateway.file.TransferBoard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /admin}: is everything all right? */
@Controller
@ConditionalOnBooleanProperty(name = "raic.admin.enabled", matchIfMissing = true)
public final class OverviewController {
  private static final int MAX_TRANSFERS = 25;
  private static final int EVENTS = 6;

  private final Outlook outlook;
  private final Watcher watcher;
  private final TransferBoard transfers;
  private final Redundancy redundancy;
  private final EventLog events;
  private final InstantSource clock;

  /**
   * A number that says something.
   *
   * @param label what it is
   * @param value it
   * @param note more of it
   * @param level how good it is
   */
  public record Tile(String label, String value, String note, Level level) {}

  /**
   * A provider, as short as can be.
   *
   * @param id its name
   * @param level how it does
   * @param state in words
   */
  public record Chip(String id, Level level, String state) {
    static Chip of(ProviderWatch provider) {
      var read = provider.standing(Kind.READ);
      var write = provider.standing(Kind.WRITE);
      return new Chip(
          provider.provider().id(),
          ProviderPages.level(read, write),
          ProviderPages.state(read, write));
    }
  }

  /**
   * A bar of the histogram.
   *
   * @param label how well off the files are
   * @param level how good that is
   * @param files how many
   * @param bytes that they have
   * @param percent of all files
   */
  public record Bar(String label, Level level, String files, String bytes, String percent) {}

  /**
   * A transfer that goes on.
   *
   * @param direction in a word
   * @param id a number
   * @param bytes that went
   * @param size of all, if known
   * @param percent of it; empty if the size is not known
   * @param rate on average
   * @param age since when
   */
  public record Row(
      String direction,
      long id,
      String bytes,
      String size,
      String percent,
      String rate,
      String age) {}

  OverviewController(
      Outlook outlook,
      Watcher watcher,
      TransferBoard transfers,
      Redundancy redundancy,
      EventLog events,
      InstantSource clock) {
    this.outlook = outlook;
    this.watcher = watcher;
    this.transfers = transfers;
    this.redundancy = redundancy;
    this.events = events;
    this.clock = clock;
  }

  /** Shows the page. */
  @GetMapping({"/admin", "/admin/"})
  public String page(Model model) {
    fill(model);
    return "admin/overview";
  }

  /** Answers with what changes of it. */
  @GetMapping("/admin/live/overview")
  public String live(Model model) {
    fill(model);
    return "admin/overview :: live";
  }

  /** Answers with the latest events. */
  @GetMapping("/admin/live/latest")
  public String liveEvents(Model model) {
    addEvents(model);
    return "admin/overview :: latest";
  }

  /** Answers with the transfers. */
  @GetMapping("/admin/live/transfers")
  public String liveTransfers(Model model) {
    addTransfers(model);
    return "admin/overview :: transfers";
  }

  private void fill(Model model) {
    var verdict = outlook.now();
    var standing = redundancy.standing();
    model.addAttribute("verdict", verdict);
    model.addAttribute("tiles", tiles(standing));
    model.addAttribute("chips", watcher.providers().stream().map(Chip::of).toList());
    model.addAttribute("bars", standing.map(OverviewController::bars).orElse(List.of()));
    model.addAttribute("isCounted", standing.isPresent());
    addEvents(model);
    addTransfers(model);
  }

  private void addEvents(Model model) {
    var now = clock.instant();
    model.addAttribute("events", EventRow.of(events.before(now.plusSeconds(1), EVENTS), now));
  }

  private void addTransfers(Model model) {
    var running = transfers.running();
    model.addAttribute(
        "transfers", running.stream().limit(MAX_TRANSFERS).map(OverviewController::row).toList());
    model.addAttribute("moreTransfers", Math.max(0, running.size() - MAX_TRANSFERS));
  }

  private List<Tile> tiles(Optional<Redundancy.Standing> standing) {
    var tiles = new ArrayList<Tile>();
    long working = watcher.providers().stream().filter(OverviewController::works).count();
    int all = watcher.providers().size();
    tiles.add(
        new Tile(
            "Providers working",
            "%d of %d".formatted(working, all),
            working == all ? "none is stopped or paused" : "the others are stopped or paused",
            working == all ? Level.OK : Level.WARN));
    if (standing.isPresent()) {
      var files = standing.get();
      long bytes = files.bytes(Level.BAD);
      tiles.add(
          new Tile(
              "Stored files",
              Words.count(files.files()),
              Words.bytes(files.bytes(Level.OK)),
              Level.OK));
      tiles.add(
          new Tile(
              "Bytes at risk",
              Words.bytes(bytes),
              Words.count(files.files(Level.WARN), "file lacks shares", "files lack shares"),
              bytes == 0 ? Level.OK : Level.BAD));
    } else {
      tiles.add(
          new Tile("Stored files", Words.NOT_KNOWN, "no catalog is connected", Level.UNKNOWN));
      tiles.add(
          new Tile("Bytes at risk", Words.NOT_KNOWN, "no catalog is connected", Level.UNKNOWN));
    }
    tiles.add(traffic());
    tiles.add(errors());
    return tiles;
  }

  static boolean works(ProviderWatch provider) {
    return provider.standing(Kind.READ) == Sample.Standing.CLOSED
        && provider.standing(Kind.WRITE) == Sample.Standing.CLOSED;
  }

  private Tile traffic() {
    var samples = watcher.samples();
    if (samples.isEmpty()) {
      return new Tile("Traffic", Words.NOT_KNOWN, "measured every 5 s", Level.UNKNOWN);
    }
    var last = samples.getLast();
    double seconds = Math.max(1, last.took().toMillis()) / 1000.0;
    return new Tile(
        "Traffic",
        Words.bytes((last.bytesIn() + last.bytesOut()) / seconds) + "/s",
        "%s/s in, %s/s out"
            .formatted(
                Words.bytes(last.bytesIn() / seconds), Words.bytes(last.bytesOut() / seconds)),
        Level.OK);
  }

  private Tile errors() {
    long calls = watcher.samples().stream().mapToLong(Sample::calls).sum();
    long failures = watcher.samples().stream().mapToLong(Sample::failures).sum();
    if (calls == 0) {
      return new Tile("Failed transfers", "none", "no transfer in the last hour", Level.OK);
    }
    return new Tile(
        "Failed transfers",
        Words.percent((double) failures / calls),
        "%s of %s in the last hour".formatted(Words.count(failures), Words.count(calls)),
        failures == 0 ? Level.OK : Level.WARN);
  }

  private static List<Bar> bars(Redundancy.Standing standing) {
    long all = Math.max(1, standing.files());
    return standing.groups().stream()
        .map(group ->
            new Bar(
                group.label(),
                group.level(),
                Words.count(group.files()),
                Words.bytes(group.bytes()),
                group.files() == 0
                    ? "0"
                    : Long.toString(Math.max(1, Math.round(100.0 * group.files() / all)))))
        .toList();
  }

  private static Row row(TransferBoard.Running running) {
    double seconds = Math.max(0.001, running.age().toMillis() / 1000.0);
    boolean isSized = running.size().isPresent() && running.size().getAsLong() > 0;
    long percent = isSized ? Math.min(100, 100 * running.bytes() / running.size().getAsLong()) : 0;
    return new Row(
        running.direction() == TransferBoard.Direction.UPLOAD ? "Upload" : "Download",
        running.id(),
        Words.bytes(running.bytes()),
        isSized ? Words.bytes(running.size().getAsLong()) : "size " + Words.NOT_KNOWN,
        isSized ? Long.toString(percent) : "",
        Words.bytes(running.bytes() / seconds) + "/s",
        Words.duration(Duration.ofSeconds(running.age().toSeconds())));
  }
}
