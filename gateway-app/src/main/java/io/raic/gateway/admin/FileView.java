package io.raic.gateway.admin;

import io.raic.gateway.repair.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A file as its page shows it.
 *
 * @param id that the page has
 * @param index its storage index
 * @param encoding how many shares there are, and are needed; empty if not known
 * @param size of it
 * @param stored when
 * @param mayWork whether its verify capability is known, and nothing goes on
 * @param job what goes on; empty if nothing does
 * @param percent how far it is; empty if that is not known
 * @param outcome what came of the last one; empty if there is none
 * @param level how good that is
 * @param failures what went wrong
 * @param shares where they are
 * @param source what says so
 */
public record FileView(
    String id,
    String index,
    String encoding,
    String size,
    String stored,
    boolean mayWork,
    String job,
    String percent,
    String outcome,
    Level level,
    List<String> failures,
    List<ShareRow> shares,
    String source) {
  /**
   * A share of it.
   *
   * @param number of the share
   * @param store that has it; empty if none has
   * @param level how good it is
   * @param state in words
   * @param seen when
   */
  public record ShareRow(String number, String store, Level level, String state, String seen) {}

  /** Copies the lists. */
  public FileView {
    failures = List.copyOf(failures);
    shares = List.copyOf(shares);
  }

  static FileView of(FileDesk.Entry entry, Optional<FileMap.Known> known, Instant now) {
    var job = entry.job();
    var result = job.flatMap(FileJob::result);
    boolean isRunning = job.isPresent() && result.isEmpty();
    var health = result.flatMap(FileJob.Result::health);
    return new FileView(
        entry.id(),
        entry.index().text(),
        entry
            .cap()
            .map(cap -> "%d shares, any %d rebuild it".formatted(cap.total(), cap.needed()))
            .orElse(Words.NOT_KNOWN),
        entry.cap().map(cap -> Words.bytes(cap.size())).orElse(Words.NOT_KNOWN),
        known.flatMap(FileMap.Known::stored).map(Words::time).orElse(Words.NOT_KNOWN),
        entry.cap().isPresent() && !isRunning,
        isRunning ? running(job.get(), now) : "",
        isRunning && job.get().total() > 0
            ? Integer.toString(100 * job.get().segments() / job.get().total())
            : "",
        result.map(FileJob.Result::words).orElse(""),
        result.map(FileJob.Result::level).orElse(Level.UNKNOWN),
        result.map(FileJob.Result::failures).orElse(List.of()),
        health.isPresent()
            ? rows(health.get(), Words.ago(result.get().ended(), now))
            : known.map(k -> rows(k, now)).orElse(List.of()),
        health.isPresent()
            ? "found by the last check"
            : known.isPresent() ? "as the catalog has it" : Words.NOT_KNOWN);
  }

  private static String running(FileJob job, Instant now) {
    String since =
        Words.duration(Duration.ofSeconds(Duration.between(job.begun(), now).toSeconds()));
    return job.total() > 0
        ? "%s: %d of %d segments made again, for %s"
            .formatted(job.work().label(), job.segments(), job.total(), since)
        : "%s: looking at the shares, for %s".formatted(job.work().label(), since);
  }

  private static List<ShareRow> rows(Health health, String seen) {
    var rows = new TreeMap<Integer, List<ShareRow>>();
    for (var share : health.inspection().shares()) {
      rows.computeIfAbsent(share.shareNumber(), _ -> new ArrayList<>())
          .add(
              new ShareRow(
                  Integer.toString(share.shareNumber()),
                  share.store(),
                  share.problem().isEmpty() ? Level.OK : share.corrupt() ? Level.BAD : Level.WARN,
                  share.problem().orElse("good"),
                  seen));
    }
    var all = new TreeSet<>(rows.keySet());
    for (int share = 0; share < health.cap().total(); share++) {
      if (all.add(share)) {
        rows.put(share, List.of(new ShareRow("" + share, "–", Level.BAD, "missing", seen)));
      }
    }
    return rows.values().stream().flatMap(Collection::stream).toList();
  }

  private static List<ShareRow> rows(FileMap.Known known, Instant now) {
    return known.shares().stream()
        .map(share ->
            new ShareRow(
                Integer.toString(share.number()),
                share.store(),
                share.isGood() ? Level.OK : Level.WARN,
                share.words(),
                Words.ago(share.at(), now)))
        .toList();
  }
}
