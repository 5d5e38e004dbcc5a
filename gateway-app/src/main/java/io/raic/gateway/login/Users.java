package io.raic.gateway.login;

import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.audit.Outcome;
import io.raic.gateway.state.Database;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The users that this gateway knows. What is changed is in the audit log, and ends the sessions of
 * the user, in the same transaction.
 *
 * <p>For any number of threads, gateways and commands. {@code actor} is always who does it, as
 * {@link AuditLog} names people. What cannot be done is an {@code IllegalArgumentException} that
 * says why; no exception shows a password.
 */
public final class Users {
  /** The one that the first start makes. */
  static final String FIRST = "admin";

  private static final String VOUCHED = "oidc:";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private final Database database;
  private final AuditLog audit;
  private final Passwords passwords;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final UserTable table;

  /** Keeps users in {@code database}. */
  public Users(Database database, AuditLog audit, Passwords passwords, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.passwords = passwords;
    this.clock = clock;
    this.table = new UserTable(database);
  }

  /**
   * Makes the first user if there is none, and returns its one-time password. Of several gateways
   * that start at once, one makes it.
   */
  public Optional<String> createFirst() {
    if (!table.isEmpty()) {
      return Optional.empty();
    }
    String password = passwords.random();
    String hash = passwords.hash(password);
    boolean made =
        database.inTransaction(() -> {
          boolean isNew =
              table.isEmpty() && table.insert(FIRST, Role.ADMIN, hash, true, clock.millis());
          if (isNew) {
            audit.append("gateway", "user.add", FIRST + " as admin", Outcome.DONE);
          }
          return isNew;
        });
    return Optional.of(password).filter(_ -> made);
  }

  /** Adds a user who chose {@code password}. */
  public void add(String actor, String name, Role role, String password) {
    Passwords.require(name, password);
    add(actor, name, role, password, false);
  }

  /** Adds a user and returns the password for the first login, which has to be changed there. */
  public String add(String actor, String name, Role role) {
    String password = passwords.random();
    add(actor, name, role, password, true);
    return password;
  }

  private void add(String actor, String name, Role role, String password, boolean oneTime) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name has 1 to 64 small letters, digits, dots, dashes and underscores");
    }
    if (find(name).isPresent()) {
      throw new IllegalArgumentException("there is a user %s already".formatted(name));
    }
    String hash = passwords.hash(password);
    change(
        actor,
        "user.add",
        "%s as %s".formatted(name, role.word()),
        () -> {
          if (!table.insert(name, role, hash, oneTime, clock.millis())) {
            throw new IllegalArgumentException("there is a user %s already".formatted(name));
          }
        });
  }

  /** Returns all, by name. */
  public List<User> all() {
    return table.all().stream().map(UserTable.Row::user).toList();
  }

  /** Returns the user called {@code name}. */
  public Optional<User> find(String name) {
    return table.find(name).map(UserTable.Row::user);
  }

  /** Gives a user the password that the user chose. */
  public void setPassword(String actor, String name, String password) {
    Passwords.require(name, password);
    setPassword(actor, name, password, false);
  }

  /** Gives a user a random password, which has to be changed at the next login, and returns it. */
  public String resetPassword(String actor, String name) {
    String password = passwords.random();
    setPassword(actor, name, password, true);
    return password;
  }

  private void setPassword(String actor, String name, String password, boolean oneTime) {
    mustBe(name);
    String hash = passwords.hash(password);
    changeUser(
        actor,
        "user.password",
        name,
        name,
        () -> table.setPassword(name, hash, oneTime, clock.millis()));
  }

  /** Gives a user another role. */
  public void setRole(String actor, String name, Role role) {
    changeUser(
        actor,
        "user.role",
        name,
        "%s to %s".formatted(name, role.word()),
        () -> table.setRole(name, role, clock.millis()));
  }

  /** Makes logins take a code; returns the address that authenticators read, which is secret. */
  public String enableCodes(String actor, String name) {
    String secret = TimeCodes.newSecret(random);
    changeUser(
        actor,
        "user.totp",
        name,
        name + " on",
        () -> table.setCodes(name, Optional.of(secret), clock.millis()));
    return TimeCodes.address(name, secret);
  }

  /** Makes logins take no code. */
  public void disableCodes(String actor, String name) {
    changeUser(
        actor,
        "user.totp",
        name,
        name + " off",
        () -> table.setCodes(name, Optional.empty(), clock.millis()));
  }

  /** Removes a user. */
  public void remove(String actor, String name) {
    changeUser(actor, "user.remove", name, name, () -> table.remove(name));
  }

  /**
   * Ends all sessions of a user, and returns how many there were.
   *
   * @param name as the audit log names who has logged in; of {@code oidc:NAME (SUB)}, {@code
   *     oidc:NAME} or {@code oidc:SUB} is enough
   */
  public int logOut(String actor, String name) {
    return database.inTransaction(() -> {
      int ended;
      if (name.startsWith(VOUCHED)) {
        ended = table.endVouched(name.substring(VOUCHED.length()));
      } else {
        mustBe(name);
        ended = table.endSessions(name);
      }
      audit.append(actor, "user.logout", "%s, %d sessions".formatted(name, ended), Outcome.DONE);
      return ended;
    });
  }

  /**
   * Returns the user if name and password belong together; takes as long if not.
   *
   * @throws Passwords.BusyException if too many ask at once
   */
  Optional<User> check(String name, String password) {
    var row = table.find(name);
    if (row.isEmpty()) {
      passwords.matchNobody(password);
      return Optional.empty();
    }
    return row.filter(r -> passwords.matches(password, r.hash())).map(UserTable.Row::user);
  }

  /** Says whether {@code code} is that of the user at this time; each is good once. */
  boolean checkCode(String name, String code) {
    var step =
        table
            .find(name)
            .flatMap(UserTable.Row::codes)
            .map(secret -> TimeCodes.stepOf(secret, code, Instant.ofEpochMilli(clock.millis())));
    return step.isPresent()
        && step.get().isPresent()
        && table.useStep(name, step.get().getAsLong());
  }

  /** Changes one user and ends the user's sessions. */
  private void changeUser(
      String actor, String action, String name, String subject, Runnable statement) {
    change(
        actor,
        action,
        subject,
        () -> {
          mustBe(name);
          statement.run();
          var _ = table.endSessions(name);
        });
  }

  private void mustBe(String name) {
    if (table.find(name).isEmpty()) {
      throw new IllegalArgumentException("there is no user %s".formatted(name));
    }
  }

  private void change(String actor, String action, String subject, Runnable statements) {
    var _ =
        database.inTransaction(() -> {
          statements.run();
          return audit.append(actor, action, subject, Outcome.DONE);
        });
  }
}
