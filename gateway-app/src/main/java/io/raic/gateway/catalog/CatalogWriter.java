package io.raic.gateway.catalog;

import io.raic.crypto.capability.Capabilities;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.state.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Changes the catalog: all of a batch, with the sums over it, or nothing. For any number of threads
 * and processes, one at a time.
 */
final class CatalogWriter {
  /** More files than these are no batch: each is a parameter of a statement. */
  static final int MAX_BATCH = 500;

  private static final String FIND_FILES =
      """
      select verify_cap, stored_at, token, checked_at, looked_at
      from catalog_files where storage_index in (:files)
      """;
  private static final String FIND_SIGHTINGS =
      """
      select storage_index, share, store, bytes, seen_at, result
      from catalog_sightings where storage_index in (:files)
      """;
  private static final String PUT_FILE =
      """
      insert into catalog_files (storage_index, verify_cap, size, needed, total, stored_at, token,
        good, redundancy, checked_at, looked_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (storage_index) do update set
        verify_cap = excluded.verify_cap, size = excluded.size, needed = excluded.needed,
        total = excluded.total, stored_at = excluded.stored_at, token = excluded.token,
        good = excluded.good, redundancy = excluded.redundancy,
        checked_at = excluded.checked_at, looked_at = excluded.looked_at
      """;
  private static final String PUT_SIGHTING =
      """
      insert into catalog_sightings (storage_index, share, store, bytes, seen_at, result)
      values (?, ?, ?, ?, ?, ?)
      on conflict (storage_index, share, store) do update set
        bytes = excluded.bytes, seen_at = excluded.seen_at, result = excluded.result
      """;
  private static final String ADD_COUNT =
      """
      insert into catalog_counts (kind, name, needed, total, good, left_over, items, bytes)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (kind, name, needed, total, good, left_over) do update set
        items = catalog_counts.items + excluded.items,
        bytes = catalog_counts.bytes + excluded.bytes
      """;

  private final Database database;
  private final JdbcTemplate batches;

  CatalogWriter(Database database) {
    this.database = database;
    this.batches = new JdbcTemplate(database.source());
  }

  /**
   * Writes what was observed of at most {@value #MAX_BATCH} files; it is durable on return.
   *
   * @throws org.springframework.dao.DataAccessException if nothing was written
   */
  void write(List<Observation> observations) {
    if (observations.isEmpty()) {
      return;
    }
    var _ =
        database.inTransaction(() -> {
          writeNow(observations);
          return true;
        });
  }

  /** Removes a file, unless it is not lost and {@code onlyLost}; it is durable on return. */
  Removal.Outcome remove(StorageIndex file, boolean onlyLost) {
    return database.inTransaction(() -> {
      takeTurn();
      var state = load(List.of(file.text())).get(file.text());
      if (state == null) {
        return Removal.Outcome.UNKNOWN;
      }
      var cap = state.cap();
      if (onlyLost && Redundancy.of(cap.needed(), cap.total(), state.good()) != Redundancy.LOST) {
        return Removal.Outcome.NOT_LOST;
      }
      var counts = new Counts();
      state.count(counts, -1);
      List.of("catalog_sightings", "catalog_files")
          .forEach(table -> {
            var _ =
                database
                    .sql()
                    .sql("delete from " + table + " where storage_index = :file")
                    .param("file", file.text())
                    .update();
          });
      update(ADD_COUNT, rows(counts));
      return Removal.Outcome.REMOVED;
    });
  }

  /** Holds the row until the end: nobody else reads a sum that is about to change. */
  private void takeTurn() {
    var _ = database.sql().sql("update catalog_writer set turn = turn + 1").update();
  }

  private void writeNow(List<Observation> observations) {
    takeTurn();
    var files = new TreeMap<String, List<Observation>>();
    observations.forEach(seen ->
        files.computeIfAbsent(seen.storageIndex().text(), _ -> new ArrayList<>()).add(seen));
    var states = load(files.keySet());
    var counts = new Counts();
    var fileRows = new ArrayList<Object[]>();
    var sightingRows = new ArrayList<Object[]>();
    files.forEach((text, all) -> {
      var state = states.getOrDefault(text, new FileState());
      state.count(counts, -1);
      all.forEach(state::learn);
      state.count(counts, 1);
      if (state.isKnown()) {
        fileRows.add(row(text, state));
        addRows(text, state, sightingRows);
      }
    });
    update(PUT_FILE, fileRows);
    update(PUT_SIGHTING, sightingRows);
    update(ADD_COUNT, rows(counts));
  }

  private void update(String statement, List<Object[]> rows) {
    if (!rows.isEmpty()) {
      var _ = batches.batchUpdate(statement, rows);
    }
  }

  private Map<String, FileState> load(Collection<String> files) {
    var states = new LinkedHashMap<String, FileState>();
    database
        .sql()
        .sql(FIND_FILES)
        .param("files", files)
        .query((row, _) -> file(row))
        .list()
        .forEach(file -> states.put(file.cap().storageIndex().text(), file));
    if (!states.isEmpty()) {
      RowCallbackHandler each = row -> load(states, row);
      database.sql().sql(FIND_SIGHTINGS).param("files", states.keySet()).query(each);
    }
    return states;
  }

  private static FileState file(ResultSet row) throws SQLException {
    return new FileState(
        cap(row.getString(1)), row.getLong(2), row.getString(3), row.getLong(4), row.getLong(5));
  }

  private static void load(Map<String, FileState> states, ResultSet row) throws SQLException {
    Objects.requireNonNull(states.get(row.getString(1)))
        .load(
            new FileState.Place(row.getInt(2), row.getString(3)),
            new FileState.Known(
                row.getLong(4), row.getLong(5), ShareResult.parse(row.getString(6))));
  }

  static VerifyCap cap(String text) {
    if (Capabilities.parse(text) instanceof VerifyCap cap) {
      return cap;
    }
    throw new IllegalStateException("the catalog has something else than a verify capability");
  }

  private static Object[] row(String text, FileState state) {
    var cap = state.cap();
    int good = state.good();
    return new Object[] {
      text,
      cap.reveal(),
      cap.size(),
      cap.needed(),
      cap.total(),
      state.storedAt(),
      state.token(),
      good,
      Redundancy.of(cap.needed(), cap.total(), good).text(),
      state.checkedAt(),
      state.lookedAt()
    };
  }

  private static void addRows(String text, FileState state, List<Object[]> rows) {
    state
        .changed()
        .forEach((place, known) ->
            rows.add(
                new Object[] {
                  text,
                  place.share(),
                  place.store(),
                  known.bytes(),
                  known.seenAt(),
                  known.result().text()
                }));
  }

  private static List<Object[]> rows(Counts counts) {
    var rows = new ArrayList<Object[]>();
    counts
        .changes()
        .forEach((key, amount) ->
            rows.add(
                new Object[] {
                  key.kind(),
                  key.name(),
                  key.bin().needed(),
                  key.bin().total(),
                  key.bin().good(),
                  key.leftOver(),
                  amount.items(),
                  amount.bytes()
                }));
    return rows;
  }
}
