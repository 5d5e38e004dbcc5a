package io.raic.gateway.state;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** The databases that everything has to work on; each call makes an empty one. */
public enum TestDatabase {
  /** In a file of the directory. */
  SQLITE {
    @Override
    public DatabaseSettings fresh(Path directory) {
      return DatabaseSettings.sqlite(directory.resolve(UUID.randomUUID() + ".db"));
    }
  },
  /** In a server that all tests of a process share. */
  POSTGRESQL {
    @Override
    public DatabaseSettings fresh(Path directory) {
      String name = "raic_" + UUID.randomUUID().toString().replace("-", "");
      try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create database " + name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return new DatabaseSettings(
          Optional.of(Server.RUNNING.getJdbcUrl("postgres", name)),
          directory,
          Optional.of("postgres"),
          Optional.empty());
    }
  };

  /** Returns the settings of a database that has nothing in it. */
  public abstract DatabaseSettings fresh(Path directory);

  /** Opens one that has nothing in it but the tables. */
  public Database open(Path directory) {
    return Database.open(fresh(directory));
  }

  /** Started by the first test that asks for it; ends with the process. */
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
