package io.raic.gateway.login;

import io.raic.gateway.state.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements about users; rules are those of {@link Users}. */
final class UserTable {
  private final JdbcClient sql;

  UserTable(Database database) {
    this.sql = database.sql();
  }

  /**
   * A user with what is secret.
   *
   * @param user without it
   * @param hash of the password
   * @param codes the secret of the codes, if there is one
   */
  record Row(User user, String hash, Optional<String> codes) {
    @Override
    public String toString() {
      return user.toString();
    }
  }

  boolean isEmpty() {
    return sql.sql("select count(*) from raic_user").query(Long.class).single() == 0;
  }

  /** Says whether there was none of this name. */
  boolean insert(String name, Role role, String hash, boolean oneTime, long now) {
    return sql.sql(
                "insert into raic_user"
                    + " (name, role, password, one_time, totp, totp_step, created_at, changed_at)"
                    + " values (?, ?, ?, ?, null, 0, ?, ?) on conflict do nothing")
            .params(name, role.word(), hash, oneTime ? 1 : 0, now, now)
            .update()
        == 1;
  }

  List<Row> all() {
    return sql.sql("select * from raic_user order by name").query(UserTable::read).list();
  }

  Optional<Row> find(String name) {
    // PostgreSQL refuses a text with this character instead of finding nothing.
    return name.indexOf(0) >= 0
        ? Optional.empty()
        : sql.sql("select * from raic_user where name = ?")
            .param(name)
            .query(UserTable::read)
            .optional();
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    var codes = Optional.ofNullable(row.getString("totp"));
    var user =
        new User(
            row.getString("name"),
            Role.of(row.getString("role")).orElseThrow(),
            row.getLong("one_time") != 0,
            codes.isPresent(),
            Instant.ofEpochMilli(row.getLong("changed_at")));
    return new Row(user, row.getString("password"), codes);
  }

  void setPassword(String name, String hash, boolean oneTime, long now) {
    sql.sql("update raic_user set password = ?, one_time = ?, changed_at = ? where name = ?")
        .params(hash, oneTime ? 1 : 0, now, name)
        .update();
  }

  void setRole(String name, Role role, long now) {
    sql.sql("update raic_user set role = ?, changed_at = ? where name = ?")
        .params(role.word(), now, name)
        .update();
  }

  void setCodes(String name, Optional<String> secret, long now) {
    sql.sql(
            "update raic_user set totp = :secret, totp_step = 0, changed_at = :now"
                + " where name = :name")
        .param("secret", secret.orElse(null))
        .param("now", now)
        .param("name", name)
        .update();
  }

  /** Says whether neither this step nor a later one was used before. */
  boolean useStep(String name, long step) {
    return sql.sql("update raic_user set totp_step = ? where name = ? and totp_step < ?")
            .params(step, name, step)
            .update()
        == 1;
  }

  void remove(String name) {
    sql.sql("delete from raic_user where name = ?").param(name).update();
  }

  /** Returns how many it ended. */
  int endSessions(String name) {
    return sql.sql("delete from raic_session where name = ? and origin = 'local'")
        .param(name)
        .update();
  }

  /** Ends those of whomever another provider calls so: by both, its name or its subject. */
  int endVouched(String called) {
    int ended = 0;
    for (var name :
        sql.sql("select distinct name from raic_session where origin <> 'local'")
            .query((row, _) -> row.getString("name"))
            .list()) {
      if (name.equals(called)
          || name.startsWith(called + " (")
          || name.endsWith(" (" + called + ")")) {
        ended +=
            sql.sql("delete from raic_session where name = ? and origin <> 'local'")
                .param(name)
                .update();
      }
    }
    return ended;
  }
}
