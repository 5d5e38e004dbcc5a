package io.raic.gateway.login;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.raic.gateway.state.Database;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Who uses the dashboard now, for all gateways of a database. The database has hashes of
 * identifiers only: who reads it cannot continue a session.
 */
final class Sessions {
  private static final int ID_BYTES = 32;

  /** Not with every request: a page that is open asks often. */
  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

  private static final String LOCAL = "local";

  private final Database database;
  private final InstantSource clock;
  private final Duration idle;
  private final Duration longest;
  private final Optional<String> vouched;
  private final SecureRandom random = new SecureRandom();

  /**
   * Keeps sessions in {@code database}. Those of a provider of logins end when {@code settings}
   * name none, another one, or other groups for a role.
   */
  Sessions(Database database, InstantSource clock, LoginSettings settings) {
    this.database = database;
    this.clock = clock;
    this.idle = settings.idle();
    this.longest = settings.longest();
    this.vouched = settings.oidc().map(OidcSettings::origin);
  }

  /**
   * A session.
   *
   * @param who it belongs to
   * @param step how far the login has come
   */
  record Session(SignedIn who, Step step) {}

  /** Returns an identifier that nothing belongs to. */
  String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }

  /**
   * Opens a session and returns its identifier, which is new, and a secret.
   *
   * @param changed when the user was changed last, as far as the caller knows: if there was a
   *     change since, the session has ended already; any time for a user of another provider
   */
  String open(SignedIn who, Step step, Instant changed) {
    String id = newId();
    long now = clock.millis();
    var sql = database.sql();
    sql.sql("delete from raic_session where created_at < ? or seen_at < ?")
        .params(now - longest.toMillis(), now - idle.toMillis())
        .update();
    sql.sql(
            "insert into raic_session (id_hash, name, origin, role, step,"
                + " user_changed_at, created_at, seen_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            hash(id),
            who.name(),
            who.isLocal() ? LOCAL : vouched.orElseThrow(),
            who.role().word(),
            step.word(),
            changed.toEpochMilli(),
            now,
            now)
        .update();
    return id;
  }

  /** A row, and the role that its user has now, if there is such a user. */
  private record Row(
      String name, String origin, Optional<Role> role, Step step, long created, long seen) {
    boolean isLocal() {
      return LOCAL.equals(origin);
    }
  }

  /** Returns the session with this identifier, if it has not ended. Somebody uses it. */
  Optional<Session> find(String id) {
    return find(id, true);
  }

  /** Returns the same without that being a use of it: pages ask while nobody sits before them. */
  Optional<Session> look(String id) {
    return find(id, false);
  }

  private Optional<Session> find(String id, boolean isUse) {
    long now = clock.millis();
    var row =
        database
            .sql()
            .sql(
                "select s.*, u.role as role_now from raic_session s"
                    + " left join raic_user u on u.name = s.name and s.origin = 'local'"
                    + " and u.changed_at = s.user_changed_at"
                    + " where s.id_hash = ?")
            .param(hash(id))
            .query(Sessions::read)
            .optional()
            .filter(r -> isGood(r, now));
    if (isUse && row.isPresent() && now - row.get().seen() >= SEEN_EVERY.toMillis()) {
      database
          .sql()
          .sql("update raic_session set seen_at = ? where id_hash = ?")
          .params(now, hash(id))
          .update();
    }
    return row.flatMap(r ->
        r.role().map(role -> new Session(new SignedIn(r.name(), role, r.isLocal()), r.step())));
  }

  private boolean isGood(Row row, long now) {
    long most = Math.min(longest.toMillis(), row.step().longest().toMillis());
    return (row.isLocal() || vouched.equals(Optional.of(row.origin())))
        && now - row.created() < most
        && now - row.seen() < idle.toMillis();
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    String origin = row.getString("origin");
    return new Row(
        row.getString("name"),
        origin,
        Optional.ofNullable(row.getString(LOCAL.equals(origin) ? "role_now" : "role"))
            .flatMap(Role::of),
        Step.valueOf(row.getString("step").toUpperCase(Locale.ROOT)),
        row.getLong("created_at"),
        row.getLong("seen_at"));
  }

  /** Ends a session. */
  void end(String id) {
    database.sql().sql("delete from raic_session where id_hash = ?").param(hash(id)).update();
  }

  /** An identifier cannot be guessed, so one pass is enough. */
  private static String hash(String id) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(id.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
