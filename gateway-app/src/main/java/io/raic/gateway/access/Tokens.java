package io.raic.gateway.access;

import io.raic.crypto.bytes.Base32;
import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.audit.Outcome;
import io.raic.gateway.state.Database;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * The tokens in the database, of all gateways and commands that use it. What was made or revoked is
 * so when the method returns, and is in the audit log by the same transaction; gateways notice
 * within {@link Doorkeeper#CACHED}.
 *
 * <p>For any number of threads and processes. Errors are Spring's {@code DataAccessException}.
 */
public final class Tokens {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final int ID_BYTES = 10;

  private final Database database;
  private final AuditLog audit;
  private final InstantSource clock;
  private final SecureRandom random;

  /** Looks into {@code database}. */
  public Tokens(Database database, InstantSource clock, SecureRandom random) {
    this.database = database;
    this.audit = new AuditLog(database, clock);
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes a token.
   *
   * @param actor who does it, as the audit log names people
   * @param name 1 to 64 letters, digits and {@code ._@-}, a letter or digit first
   * @throws IllegalArgumentException if the name cannot be, or is taken, or the token would never
   *     be valid
   */
  public NewToken create(String actor, String name, Token.Rights rights) {
    if (name.startsWith(TokenSecret.PREFIX)) {
      // It may be one, and would be kept in the clear.
      throw new IllegalArgumentException(
          "a token's name does not begin with " + TokenSecret.PREFIX);
    }
    if (!NAME.matcher(name).matches() || name.equals(Caller.OPEN.name())) {
      throw new IllegalArgumentException(
          "a token is named by 1 to 64 letters, digits, dots, dashes, underscores and @, a letter"
              + " or digit first, and not open");
    }
    var now = Instant.ofEpochMilli(clock.millis());
    if (rights.expires().map(end -> !now.isBefore(end)).orElse(false)) {
      throw new IllegalArgumentException("the token would have expired already");
    }
    String secret = TokenSecret.random(random);
    var token =
        new Token(id(), name, now, rights, Optional.empty(), new Token.Use(0, 0, Optional.empty()));
    try {
      insert(actor, token, TokenSecret.hash(secret).orElseThrow());
    } catch (DataIntegrityViolationException _) {
      throw new IllegalArgumentException(
          "there is a token named %s already: revoke it, or choose another name".formatted(name));
    }
    return new NewToken(token, secret);
  }

  private String id() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base32.encode(bytes);
  }

  private void insert(String actor, Token token, String hash) {
    var _ =
        database.inTransaction(() -> {
          // SQLite tells of a name that is taken by a general error; the index is for two at once.
          boolean taken =
              database
                      .sql()
                      .sql("select count(*) from access_token where name = ? and revoked is null")
                      .param(token.name())
                      .query(Long.class)
                      .single()
                  > 0;
          if (taken) {
            throw new DataIntegrityViolationException("name");
          }
          database
              .sql()
              .sql(
                  "insert into access_token (id, hash, name, created, expires, read_only, quota_bytes,"
                      + " stored_bytes, requests) values (:id, :hash, :name, :created,"
                      + " cast(:expires as bigint), :readOnly, cast(:quota as bigint), 0, 0)")
              .param("id", token.id())
              .param("hash", hash)
              .param("name", token.name())
              .param("created", token.created().toEpochMilli())
              .param("expires", token.rights().expires().map(Instant::toEpochMilli).orElse(null))
              .param("readOnly", token.rights().readOnly() ? 1L : 0L)
              .param("quota", nullable(token.rights().quotaBytes()))
              .update();
          return audit.append(
              actor,
              "token.create",
              "%s (%s): %s".formatted(token.name(), token.id(), token.rights().words()),
              Outcome.DONE);
        });
  }

  private static @Nullable Long nullable(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }

  /** Returns all tokens, revoked ones too, the newest first. */
  public List<Token> list() {
    return database
        .sql()
        .sql("select * from access_token order by created desc, id")
        .query(Tokens::token)
        .list();
  }

  /**
   * Ends the token of that name or id for good, and returns what is known of it; nothing if there
   * is none, or it was revoked before.
   *
   * @param actor who does it, as the audit log names people
   */
  public Optional<Token> revoke(String actor, String nameOrId) {
    return database.inTransaction(() -> {
      var revoked = find(nameOrId).filter(this::end);
      revoked.ifPresent(token ->
          audit.append(
              actor, "token.revoke", "%s (%s)".formatted(token.name(), token.id()), Outcome.DONE));
      return revoked;
    });
  }

  /** Says whether nobody else has ended it meanwhile. */
  private boolean end(Token token) {
    return database
            .sql()
            .sql("update access_token set revoked = ? where id = ? and revoked is null")
            .params(clock.millis(), token.id())
            .update()
        == 1;
  }

  private Optional<Token> find(String nameOrId) {
    var named = one("select * from access_token where name = ? and revoked is null", nameOrId);
    return named.isPresent()
        ? named
        : one("select * from access_token where id = ? and revoked is null", nameOrId);
  }

  /** Returns the token of that id, revoked or not. */
  public Optional<Token> byId(String id) {
    return one("select * from access_token where id = ?", id);
  }

  /** Says whether any token lets somebody in now. */
  public boolean areThere() {
    var now = Instant.ofEpochMilli(clock.millis());
    return list().stream().anyMatch(token -> token.isValid(now));
  }

  /** Returns the token of that hash, valid or not. */
  Optional<Token> byHash(String hash) {
    return database
        .sql()
        .sql("select * from access_token where hash = ?")
        .param(hash)
        .query((row, _) ->
            TokenSecret.sameHash(hash, row.getString("hash"))
                ? Optional.of(token(row, 0))
                : Optional.<Token>empty())
        .optional()
        .flatMap(found -> found);
  }

  private Optional<Token> one(String query, String value) {
    return database.sql().sql(query).param(value).query(Tokens::token).optional();
  }

  private static Token token(ResultSet row, int index) throws SQLException {
    var quota = number(row, "quota_bytes");
    return new Token(
        row.getString("id"),
        row.getString("name"),
        Instant.ofEpochMilli(row.getLong("created")),
        new Token.Rights(
            time(row, "expires"),
            row.getLong("read_only") != 0,
            quota.map(OptionalLong::of).orElseGet(OptionalLong::empty)),
        time(row, "revoked"),
        new Token.Use(row.getLong("stored_bytes"), row.getLong("requests"), time(row, "last_use")));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return number(row, column).map(Instant::ofEpochMilli);
  }

  private static Optional<Long> number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }
}
