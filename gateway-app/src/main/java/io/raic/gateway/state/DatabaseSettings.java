package io.raic.gateway.state;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which database there is.
 *
 * @param url of JDBC; none for SQLite in the file {@code file}
 * @param file where SQLite keeps it
 * @param username that PostgreSQL knows, if the address does not say
 * @param password of that name
 */
public record DatabaseSettings(
    Optional<String> url, Path file, Optional<String> username, Optional<String> password) {
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** Checks the address. */
  public DatabaseSettings {
    if (url.isPresent() && !url.get().startsWith(POSTGRESQL)) {
      throw new IllegalArgumentException(
          "raic.database.url: want jdbc:postgresql://HOST/NAME, or nothing for SQLite");
    }
    // The driver takes none from there, and prints such an address.
    if (url.isPresent() && url.get().split("\\?", 2)[0].contains("@")) {
      throw new IllegalArgumentException(
          "raic.database.url: want no name or password before the host, but in"
              + " raic.database.username and raic.database.password");
    }
  }

  /** Returns those of SQLite in {@code file}. */
  public static DatabaseSettings sqlite(Path file) {
    return new DatabaseSettings(Optional.empty(), file, Optional.empty(), Optional.empty());
  }

  /** Says whether several gateways can share it. */
  public boolean isShared() {
    return url.isPresent();
  }

  @Override
  public String toString() {
    return isShared() ? "PostgreSQL" : "SQLite in " + file;
  }
}
