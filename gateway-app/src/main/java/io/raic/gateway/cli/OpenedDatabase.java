package io.raic.gateway.cli;

import io.raic.gateway.access.Tokens;
import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.login.Passwords;
import io.raic.gateway.login.Users;
import io.raic.gateway.state.Database;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import picocli.CommandLine.Mixin;

/** The database of a gateway, opened by a command, and what is in it. */
final class OpenedDatabase {
  @Mixin private final ConfigurationOptions configuration = new ConfigurationOptions();

  /** Works with the open database. */
  interface Work<T> {
    T on(Database database) throws Failure;
  }

  /**
   * Opens it, works with it and closes it.
   *
   * @throws Failure if it cannot be used; the message shows nothing of what is in it
   */
  <T> T use(Gateway gateway, Work<T> work) throws Failure {
    try (var database = gateway.database(configuration.settings())) {
      return work.on(database);
    } catch (DataAccessException | TransactionException e) {
      // Not as the cause: it may show what a statement was about.
      String reason = String.valueOf(e.getMostSpecificCause().getMessage());
      throw new Failure(
          ExitCode.FAILED, "the database cannot be used: " + reason.lines().findFirst().orElse(""));
    }
  }

  /** Opens it, changes users and closes it; errors are those of {@link #use}. */
  void change(Gateway gateway, Consumer<Users> change) throws Failure {
    var _ =
        use(
            gateway,
            database -> {
              change.accept(users(database));
              return true;
            });
  }

  /** Returns the audit log. */
  static AuditLog audit(Database database) {
    return new AuditLog(database, InstantSource.system());
  }

  /** Returns the tokens. */
  static Tokens tokens(Database database) {
    return new Tokens(database, InstantSource.system(), new SecureRandom());
  }

  /** Returns the users. */
  static Users users(Database database) {
    return new Users(database, audit(database), new Passwords(), InstantSource.system());
  }

  /** Returns what the audit log calls whoever runs the command. */
  static String actor() {
    return "cli:" + System.getProperty("user.name", "unknown");
  }
}
