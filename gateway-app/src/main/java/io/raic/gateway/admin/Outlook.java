package io.raic.gateway.admin;

import io.raic.cloud.resilience.Kind;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.Holdings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What follows from how the providers do now: is all right, would it be if one of them were gone?
 * For any thread; asks no provider.
 */
public final class Outlook {
  private final Grid grid;
  private final Watcher watcher;
  private final Redundancy redundancy;

  /**
   * Something that was found.
   *
   * @param level how good it is
   * @param words what it is, as a sentence
   */
  public record Finding(Level level, String words) {}

  /**
   * An answer.
   *
   * @param level as bad as the worst that was found
   * @param headline it, as a sentence
   * @param findings why, the worst ones first
   */
  public record Verdict(Level level, String headline, List<Finding> findings) {
    /** Sorts the list. */
    public Verdict {
      findings = findings.stream().sorted(Comparator.comparing(Finding::level).reversed()).toList();
    }
  }

  /** Judges {@code grid} by what {@code watcher} sees. */
  public Outlook(Grid grid, Watcher watcher, Redundancy redundancy) {
    this.grid = grid;
    this.watcher = watcher;
    this.redundancy = redundancy;
  }

  /** Says whether every new file can be stored safely while {@code without} take nothing. */
  public boolean canStore(Set<String> without) {
    return grid.placements(without).stream().allMatch(grid.rules()::isSafe);
  }

  /** Returns the fewest shares that a file has outside of {@code without} if all were stored. */
  public int fewestWithout(Set<String> without) {
    return grid.placements(Set.of()).stream()
        .mapToInt(all -> all.sharesWithout(without))
        .min()
        .orElse(0);
  }

  /** Returns the fewest shares that a new file gets while {@code without} take nothing. */
  public int fewestStored(Set<String> without) {
    return grid.placements(without).stream().mapToInt(Holdings::distinctShares).min().orElse(0);
  }

  /** Says whether everything is all right. */
  public Verdict now() {
    var findings = new ArrayList<Finding>();
    var readDown = watcher.down(Kind.READ);
    var writeDown = watcher.down(Kind.WRITE);
    var down = new HashSet<>(readDown.keySet());
    down.addAll(writeDown.keySet());
    for (var provider : watcher.providers()) {
      String id = provider.provider().id();
      if (down.contains(id)) {
        findings.add(new Finding(Level.WARN, brokenWords(provider)));
      }
    }
    boolean canStore = canStore(writeDown.keySet());
    if (!canStore) {
      findings.add(
          new Finding(Level.BAD, "Uploads are refused: too few providers take new shares."));
    }
    int needed = grid.rules().needed();
    boolean canRead = fewestWithout(readDown.keySet()) >= needed;
    if (!canRead) {
      findings.add(
          new Finding(
              Level.BAD,
              "Some files cannot be read: they have fewer than %d shares at providers that work."
                  .formatted(needed)));
    }
    addFiles(findings);
    return new Verdict(
        worst(findings), headline(canStore, canRead, down.size(), findings), findings);
  }

  private static String brokenWords(ProviderWatch provider) {
    var read = provider.standing(Kind.READ);
    var write = provider.standing(Kind.WRITE);
    boolean isRead = read != Sample.Standing.CLOSED;
    boolean isWrite = write != Sample.Standing.CLOSED;
    String kinds = isRead && isWrite ? "reading and writing" : isRead ? "reading" : "writing";
    String reason =
        isRead
            ? Watcher.reason(provider, Kind.READ, read)
            : Watcher.reason(provider, Kind.WRITE, write);
    String state = write == Sample.Standing.PAUSED && !isRead ? "is paused" : "is stopped";
    String words = "%s: %s %s".formatted(provider.provider().id(), kinds, state);
    return reason.isBlank() ? words + "." : "%s (%s).".formatted(words, reason);
  }

  private void addFiles(List<Finding> findings) {
    int shortfalls = grid.shortfalls().size();
    var standing = redundancy.standing();
    if (standing.isPresent()) {
      var files = standing.get();
      long lost = files.files(Level.BAD);
      long endangered = files.files(Level.WARN) - lost;
      if (lost > 0) {
        findings.add(
            new Finding(
                Level.BAD,
                "%s in danger or lost.".formatted(Words.count(lost, "file is", "files are"))));
      }
      if (endangered > 0) {
        findings.add(
            new Finding(
                Level.WARN,
                "%s shares that should be there."
                    .formatted(Words.count(endangered, "file lacks", "files lack"))));
      }
    } else if (shortfalls > 0) {
      findings.add(
          new Finding(
              Level.WARN,
              "%s stored with fewer shares than all; the rest is made in the background."
                  .formatted(Words.count(shortfalls, "file was", "files were"))));
    }
  }

  private String headline(boolean canStore, boolean canRead, int down, List<Finding> findings) {
    if (!canRead && !canStore) {
      return "Uploads are refused, and some files cannot be read.";
    }
    if (!canRead) {
      return "Some files cannot be read now.";
    }
    if (!canStore) {
      return "Uploads are refused; files can be read.";
    }
    if (worst(findings) == Level.BAD) {
      return "Some stored files are in danger.";
    }
    int all = watcher.providers().size();
    if (down > 0) {
      return "Files are safe, but %d of %d providers %s."
          .formatted(
              down, all, down == 1 ? "does not work as it should" : "do not work as they should");
    }
    if (!findings.isEmpty()) {
      return "All providers work, but some files have fewer shares than they should.";
    }
    return "Everything is all right: all %d providers work, and no file is known to lack a share."
        .formatted(all);
  }

  private static Level worst(List<Finding> findings) {
    return findings.stream().map(Finding::level).max(Comparator.naturalOrder()).orElse(Level.OK);
  }

  /** Says whether it would be safe to lose a provider now. */
  public Verdict without(String id) {
    var findings = new ArrayList<Finding>();
    var lost = new HashSet<>(watcher.down(Kind.READ).keySet());
    lost.add(id);
    var closed = new HashSet<>(watcher.down(Kind.WRITE).keySet());
    closed.add(id);
    int needed = grid.rules().needed();
    int left = fewestWithout(lost);
    findings.add(
        left >= needed
            ? new Finding(
                Level.OK,
                "A file with all of its %d shares keeps at least %d; %d rebuild it."
                    .formatted(grid.rules().total(), left, needed))
            : new Finding(
                Level.BAD,
                "Some files would keep only %d shares at providers that work; %d rebuild them."
                    .formatted(left, needed)));
    findings.add(
        canStore(closed)
            ? new Finding(Level.OK, "Uploads would go on.")
            : new Finding(Level.WARN, "Uploads would be refused until it is replaced."));
    addFilesWithout(id, findings);
    var level = worst(findings);
    String headline =
        switch (level) {
          case OK -> "Yes: it would be safe to lose %s now.".formatted(id);
          case UNKNOWN -> "Probably, but not known for every stored file.";
          case WARN -> "No data would be lost, but not everything would go on.";
          case BAD -> "No: data would be lost, or could not be read.";
        };
    return new Verdict(level, headline, findings);
  }

  private void addFilesWithout(String id, List<Finding> findings) {
    var without = redundancy.without(id);
    if (without.isPresent()) {
      long lost = without.get().files(Level.BAD);
      findings.add(
          lost == 0
              ? new Finding(Level.OK, "Every file in the catalog could be rebuilt without it.")
              : new Finding(
                  Level.BAD,
                  "%s could not be rebuilt without it."
                      .formatted(Words.count(lost, "file", "files"))));
      return;
    }
    int each = grid.rules().perOperator();
    long endangered =
        grid.shortfalls().stream()
            .filter(s -> s.cap().total() - s.shares().size() - each < s.cap().needed())
            .count();
    if (endangered > 0) {
      findings.add(
          new Finding(
              Level.BAD,
              "%s fewer shares than all, and might not survive it."
                  .formatted(Words.count(endangered, "file has", "files have"))));
    }
    findings.add(
        new Finding(
            Level.UNKNOWN,
            "Whether every stored file has all of its shares is not known: no catalog is"
                + " connected."));
  }
}
