package io.raic.gateway.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The open database, with the tables of this version. What a statement or a transaction changed is
 * durable when it returns.
 *
 * <p>For any number of threads and processes; a statement waits at most {@link #PATIENCE} for its
 * turn. Errors are Spring's {@code DataAccessException}; they may show the statement, so no value
 * that is secret is ever a part of one.
 */
public final class Database implements AutoCloseable {
  /** How long a statement waits for a connection, or for a lock of SQLite. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long a process waits for another one that makes or migrates the file. */
  private static final Duration MIGRATION_PATIENCE = Duration.ofMinutes(1);

  /** Of PostgreSQL: more would only wait there. */
  private static final int MAX_CONNECTIONS = 8;

  /** SQLite writes one at a time; the others read. */
  private static final int SQLITE_CONNECTIONS = 4;

  private final HikariDataSource source;
  private final boolean isShared;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;

  private Database(HikariDataSource source, boolean isShared) {
    this.source = source;
    this.isShared = isShared;
    this.sql = JdbcClient.create(source);
    this.transactions = new TransactionTemplate(new DataSourceTransactionManager(source));
  }

  /**
   * Opens the database and brings its tables to this version. A new file can be read by its owner
   * only.
   *
   * @throws IllegalArgumentException if it cannot be used; the message names the setting and shows
   *     no credential
   */
  public static Database open(DatabaseSettings settings) {
    try {
      if (settings.isShared()) {
        return open(postgresql(settings), true);
      }
      try (var _ = FileTurn.await(settings.file(), MIGRATION_PATIENCE)) {
        return open(sqlite(settings), false);
      }
    } catch (FlywayException | PoolInitializationException e) {
      throw new IllegalArgumentException(
          "raic.database: %s cannot be used: %s".formatted(settings, reason(e)));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "raic.database: %s cannot be made: %s".formatted(settings, e.getMessage()));
    } catch (RuntimeException e) {
      // Neither its words nor its causes go on: they show the address, which may hold a password.
      throw new IllegalArgumentException(
          "raic.database: %s cannot be used: is raic.database.url right? (%s)"
              .formatted(settings, e.getClass().getSimpleName()));
    }
  }

  private static Database open(HikariConfig config, boolean isShared) {
    var source = new HikariDataSource(config);
    try {
      migrate(source, isShared);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
    return new Database(source, isShared);
  }

  /** Flyway's own message is many lines; the database's is one, and names no credential. */
  private static String reason(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        return firstLine(sql.getMessage());
      }
    }
    return firstLine(e.getMessage());
  }

  private static String firstLine(@Nullable String text) {
    return String.valueOf(text).lines().findFirst().orElse("");
  }

  private static HikariConfig postgresql(DatabaseSettings settings) {
    var config = pool(MAX_CONNECTIONS);
    config.setJdbcUrl(settings.url().orElseThrow());
    settings.username().ifPresent(config::setUsername);
    settings.password().ifPresent(config::setPassword);
    int seconds = Math.toIntExact(PATIENCE.toSeconds());
    config.addDataSourceProperty("connectTimeout", Integer.toString(seconds));
    config.addDataSourceProperty("socketTimeout", Integer.toString(3 * seconds));
    config.addDataSourceProperty("ApplicationName", "raic");
    return config;
  }

  private static HikariConfig sqlite(DatabaseSettings settings) throws IOException {
    makePrivate(settings.file());
    var sqlite = new SQLiteConfig();
    sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
    sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    sqlite.setBusyTimeout(Math.toIntExact(PATIENCE.toMillis()));
    sqlite.enforceForeignKeys(true);
    // A transaction that begins with reading could not write if another one has written since.
    sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    var source = new SQLiteDataSource(sqlite);
    source.setUrl("jdbc:sqlite:" + settings.file().toAbsolutePath());
    var config = pool(SQLITE_CONNECTIONS);
    config.setDataSource(source);
    return config;
  }

  private static HikariConfig pool(int connections) {
    var config = new HikariConfig();
    config.setPoolName("raic-database");
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setInitializationFailTimeout(PATIENCE.toMillis());
    return config;
  }

  private static void makePrivate(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException _) {
      // It is as its owner made it.
    }
  }

  /**
   * Triggers are the one thing that no text of SQL says to both. Flyway locks PostgreSQL by itself,
   * but not SQLite.
   */
  private static void migrate(DataSource source, boolean isPostgresql) {
    Flyway.configure(Database.class.getClassLoader())
        .dataSource(source)
        .locations(
            "classpath:db/migration",
            isPostgresql ? "classpath:db/postgresql" : "classpath:db/sqlite")
        .validateMigrationNaming(true)
        .load()
        .migrate();
  }

  /** Returns what asks single statements. */
  public JdbcClient sql() {
    return sql;
  }

  /** Runs {@code work} so that all of its statements have happened, or none. */
  public <T> T inTransaction(Supplier<T> work) {
    // Never null: the supplier's result is not.
    return Objects.requireNonNull(transactions.execute(_ -> work.get()));
  }

  /** Returns the connections, for libraries. */
  public DataSource source() {
    return source;
  }

  /** Says whether several gateways can share it. */
  public boolean isShared() {
    return isShared;
  }

  /** Says whether it answers; at most for {@code limit}. */
  public boolean works(Duration limit) {
    try (var connection = source.getConnection()) {
      return connection.isValid(Math.toIntExact(Math.max(1, limit.toSeconds())));
    } catch (SQLException _) {
      return false;
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
