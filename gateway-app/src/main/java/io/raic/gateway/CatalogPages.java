package io.raic.gateway;

import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.admin.FileMap;
import io.raic.gateway.admin.Level;
import io.raic.gateway.admin.Redundancy;
import io.raic.gateway.catalog.Amount;
import io.raic.gateway.catalog.Catalog;
import io.raic.gateway.catalog.Histogram;
import io.raic.gateway.catalog.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.dao.DataAccessException;

/** The catalog as the dashboard shows it; nothing is known while the database does not answer. */
record CatalogPages(Catalog catalog) implements Redundancy, FileMap {
  /** How many shares are spare, and how many are missing: files of one row of the histogram. */
  private record Row(int spare, int missing) {
    private static final Comparator<Row> BEST_FIRST =
        Comparator.comparing(Row::level)
            .thenComparingInt(row -> -row.spare())
            .thenComparingInt(Row::missing);

    static Row of(Histogram.Bin bin) {
      int missing = Math.max(0, bin.total() - bin.good());
      return new Row(
          Math.max(-1, bin.good() - bin.needed()), bin.good() < bin.needed() ? 0 : missing);
    }

    Level level() {
      return spare <= 0 ? Level.BAD : missing == 0 ? Level.OK : Level.WARN;
    }

    String label() {
      if (spare < 0) {
        return "Lost: fewer than it takes";
      }
      if (spare == 0) {
        return "Just what it takes";
      }
      return missing == 0 ? "All shares" : "All but %d, %d to spare".formatted(missing, spare);
    }
  }

  @Override
  public Optional<Standing> standing() {
    return unlessItFails(() -> {
      var rows = new TreeMap<Row, Amount>(Row.BEST_FIRST);
      catalog.histogram().bins().forEach(bin -> rows.merge(Row.of(bin), bin.files(), Amount::plus));
      var groups = new ArrayList<Group>();
      rows.forEach((row, files) ->
          groups.add(new Group(row.label(), row.level(), files.items(), files.bytes())));
      return Optional.of(new Standing(groups));
    });
  }

  @Override
  public Optional<Standing> without(String store) {
    return unlessItFails(() -> {
      var without = catalog.without(store);
      return Optional.of(
          new Standing(
              List.of(
                  group("Degraded", Level.WARN, without.degraded()),
                  group("Just what it takes", Level.WARN, without.critical()),
                  group("Lost", Level.BAD, without.lost()))));
    });
  }

  private static Group group(String label, Level level, Amount files) {
    return new Group(label, level, files.items(), files.bytes());
  }

  @Override
  public Optional<Held> held(String store) {
    return unlessItFails(() -> {
      var held = catalog.held(store);
      return Optional.of(new Held(held.items(), held.bytes()));
    });
  }

  @Override
  public Optional<Known> file(StorageIndex index) {
    return unlessItFails(() ->
        catalog
            .file(index)
            .map(map ->
                new Known(
                    map.file().cap(),
                    map.file().storedAt(),
                    map.sightings().stream().map(CatalogPages::seen).toList())));
  }

  private static Seen seen(Sighting sighting) {
    return new Seen(
        sighting.share(),
        sighting.store(),
        sighting.seenAt(),
        sighting.result().counts(),
        sighting.result().text());
  }

  @FunctionalInterface
  private interface Question<T> {
    Optional<T> ask();
  }

  private static <T> Optional<T> unlessItFails(Question<T> question) {
    try {
      return question.ask();
    } catch (DataAccessException _) {
      return Optional.empty();
    }
  }
}
