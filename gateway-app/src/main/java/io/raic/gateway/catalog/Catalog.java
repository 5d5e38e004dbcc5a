package io.raic.gateway.catalog;

import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.state.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.jdbc.core.RowMapper;

/**
 * Reads the catalog. Sums are kept with every change, so that they cost the same with ten files and
 * with ten million; a page of files costs what is on it.
 *
 * <p>For any number of threads. Errors are Spring's {@code DataAccessException}.
 */
public final class Catalog {
  /** The most files on a page. */
  public static final int MAX_PAGE = 1000;

  private static final String COLUMNS =
      "verify_cap, stored_at, token, good, checked_at from catalog_files ";

  private static final RowMapper<CatalogFile> FILE =
      (row, _) ->
          new CatalogFile(
              CatalogWriter.cap(row.getString(1)),
              time(row.getLong(2)),
              row.getString(3),
              row.getInt(4),
              time(row.getLong(5)));

  private static final RowMapper<String> NAME = (row, _) -> row.getString(1);

  private final Database database;

  /** Reads what is in {@code database}. */
  public Catalog(Database database) {
    this.database = database;
  }

  private static Optional<Instant> time(long millis) {
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static Amount amount(ResultSet row, int first) throws SQLException {
    return new Amount(row.getLong(first), row.getLong(first + 1));
  }

  /** Returns how many files have how many good shares. */
  public Histogram histogram() {
    return new Histogram(
        database
            .sql()
            .sql(
                """
                select needed, total, good, sum(items), sum(bytes) from catalog_counts
                where kind = :kind group by needed, total, good having sum(items) <> 0
                order by needed, total, good
                """)
            .param("kind", Counts.FILE)
            .query((row, _) ->
                new Histogram.Bin(row.getInt(1), row.getInt(2), row.getInt(3), amount(row, 4)))
            .list());
  }

  /** Returns the files that a token has stored, and their bytes; lost ones count. */
  public Amount storedBy(String token) {
    return sum(Counts.FILE, token);
  }

  /** Returns the shares that are in a store, good or not, and their bytes. */
  public Amount held(String store) {
    return sum(Counts.HELD, store);
  }

  private Amount sum(String kind, String name) {
    return database
        .sql()
        .sql(
            """
            select coalesce(sum(items), 0), coalesce(sum(bytes), 0) from catalog_counts
            where kind = :kind and name = :name
            """)
        .param("kind", kind)
        .param("name", name)
        .query((row, _) -> amount(row, 1))
        .single();
  }

  /** Returns the ids of the stores that hold a share. */
  public List<String> stores() {
    return database
        .sql()
        .sql("select name from catalog_counts where kind = :kind and items <> 0 order by name")
        .param("kind", Counts.HELD)
        .query(NAME)
        .list();
  }

  /** Returns what would become of files without a store. */
  public WithoutStore without(String store) {
    var bins =
        database
            .sql()
            .sql(
                """
                select needed, good, left_over, items, bytes from catalog_counts
                where kind = :kind and name = :name and items <> 0
                """)
            .param("kind", Counts.STORE)
            .param("name", store)
            .query(
                (row, _) -> new Left(row.getInt(1), row.getInt(2), row.getInt(3), amount(row, 4)))
            .list();
    return new WithoutStore(
        sum(bins, left -> left.good >= left.needed && left.after < left.needed),
        sum(bins, left -> left.after == left.needed && left.after < left.good),
        sum(bins, left -> left.after > left.needed && left.after < left.good));
  }

  /** Files of which the store has good shares: how many there are, and are without it. */
  private record Left(int needed, int good, int after, Amount files) {}

  private static Amount sum(List<Left> bins, Predicate<Left> which) {
    return bins.stream().filter(which).map(Left::files).reduce(Amount.NONE, Amount::plus);
  }

  /** Returns a file and where its shares are; empty if it is not in the catalog. */
  public Optional<ShareMap> file(StorageIndex storageIndex) {
    return database
        .sql()
        .sql("select " + COLUMNS + "where storage_index = :file")
        .param("file", storageIndex.text())
        .query(FILE)
        .optional()
        .map(file -> new ShareMap(file, sightings(storageIndex)));
  }

  private List<Sighting> sightings(StorageIndex storageIndex) {
    return database
        .sql()
        .sql(
            """
            select share, store, bytes, seen_at, result from catalog_sightings
            where storage_index = :file order by share, store
            """)
        .param("file", storageIndex.text())
        .query((row, _) ->
            new Sighting(
                row.getInt(1),
                row.getString(2),
                row.getLong(3),
                Instant.ofEpochMilli(row.getLong(4)),
                ShareResult.parse(row.getString(5))))
        .list();
  }

  /**
   * Returns a page of files, by storage index.
   *
   * @param after the last one of the page before; none for the first page
   * @param limit the most files to return, 1 to {@value #MAX_PAGE}
   * @param only which files; none for all
   */
  public List<CatalogFile> files(
      Optional<StorageIndex> after, int limit, Optional<Redundancy> only) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException(
          "a page has 1 to %d files, not %d".formatted(MAX_PAGE, limit));
    }
    String filter = only.isPresent() ? "redundancy = :redundancy and " : "";
    var ask =
        database
            .sql()
            .sql(
                "select "
                    + COLUMNS
                    + "where "
                    + filter
                    + "storage_index > :after order by storage_index limit :limit")
            .param("after", after.map(StorageIndex::text).orElse(""))
            .param("limit", limit);
    only.ifPresent(kind -> {
      var _ = ask.param("redundancy", kind.text());
    });
    return ask.query(FILE).list();
  }

  /**
   * Returns a page of files that were last checked before {@code time}, longest ago first.
   *
   * @param after the last one of the page before
   */
  List<CatalogFile> uncheckedSince(Instant time, Optional<CatalogFile> after, int limit) {
    return database
        .sql()
        .sql(
            "select "
                + COLUMNS
                + "where checked_at < :time and (checked_at, storage_index) > (:checked, :file) "
                + "order by checked_at, storage_index limit :limit")
        .param("time", time.toEpochMilli())
        .param(
            "checked", after.flatMap(CatalogFile::checkedAt).map(Instant::toEpochMilli).orElse(0L))
        .param("file", after.map(file -> file.cap().storageIndex().text()).orElse(""))
        .param("limit", limit)
        .query(FILE)
        .list();
  }

  /** Returns a page of files that no store has been asked for since {@code time}. */
  List<StorageIndex> unseenSince(Instant time, Optional<StorageIndex> after, int limit) {
    return database
        .sql()
        .sql(
            """
            select storage_index from catalog_files
            where looked_at < :time and storage_index > :after order by storage_index limit :limit
            """)
        .param("time", time.toEpochMilli())
        .param("after", after.map(StorageIndex::text).orElse(""))
        .param("limit", limit)
        .query(NAME)
        .list()
        .stream()
        .map(StorageIndex::parse)
        .toList();
  }

  /** Returns which of {@code files} are in the catalog. */
  List<String> known(List<String> files) {
    return files.isEmpty()
        ? List.of()
        : database
            .sql()
            .sql("select storage_index from catalog_files where storage_index in (:files)")
            .param("files", files)
            .query(NAME)
            .list();
  }
}
