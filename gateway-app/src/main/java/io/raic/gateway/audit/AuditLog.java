package io.raic.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.raic.gateway.state.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The audit log. There is no way to change or to remove a record, here or in the database, whose
 * triggers refuse it.
 *
 * <p>For any number of threads and gateways. Errors are those of the database: an act that cannot
 * be recorded should not be done, so record it in the transaction that does it.
 */
public final class AuditLog {
  /** More of a field is cut off. */
  static final int MAX_CHARACTERS = 500;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]+");

  /** Callers give none; this makes sure, as what is here is here for good. */
  private static final Pattern READ_CAPABILITY =
      Pattern.compile("(?i)URI(?::|%3A)(?!CHK-Verifier|MDMF-Verifier|SSK-Verifier)\\S*");

  private final Database database;
  private final InstantSource clock;

  /** Joins the log in {@code database}; {@code clock} tells when things happen. */
  public AuditLog(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Appends a record, as a part of the caller's transaction if there is one; then others wait until
   * that ends.
   *
   * @param actor who did it; see {@link AuditRecord}
   * @param action what was done, such as {@code user.add}
   * @param subject to what or whom, in one line; never a secret
   * @param outcome what came of it
   */
  public AuditRecord append(String actor, String action, String subject, Outcome outcome) {
    return database.inTransaction(() -> {
      database.sql().sql("update raic_audit_turn set turn = turn").update();
      var last = latest(1);
      var next =
          AuditRecord.after(
              last.isEmpty() ? AuditRecord.NO_HASH : last.getFirst().hash(),
              last.isEmpty() ? 1 : last.getFirst().seq() + 1,
              Instant.ofEpochMilli(clock.millis()),
              line(actor),
              line(action),
              line(subject),
              outcome.word());
      insert(next);
      return next;
    });
  }

  private void insert(AuditRecord next) {
    database
        .sql()
        .sql(
            "insert into raic_audit (seq, at, actor, action, subject, outcome, hash)"
                + " values (?, ?, ?, ?, ?, ?, ?)")
        .params(
            next.seq(),
            next.at().toEpochMilli(),
            next.actor(),
            next.action(),
            next.subject(),
            next.outcome(),
            next.hash())
        .update();
  }

  /** What cannot be stored would come back different, and the hash would not fit. */
  private static String line(String text) {
    String shown = READ_CAPABILITY.matcher(text).replaceAll("[redacted]");
    String line = UNPRINTABLE.matcher(shown).replaceAll(" ").strip();
    String cut = line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS) + "…";
    return new String(cut.getBytes(UTF_8), UTF_8);
  }

  /** Returns the last {@code limit} records, the newest first. */
  public List<AuditRecord> latest(int limit) {
    return before(Long.MAX_VALUE, limit);
  }

  /** Returns at most {@code limit} records before the one numbered {@code seq}, newest first. */
  public List<AuditRecord> before(long seq, int limit) {
    return database
        .sql()
        .sql("select * from raic_audit where seq < ? order by seq desc limit ?")
        .params(seq, limit)
        .query(AuditLog::read)
        .list();
  }

  /** Returns at most {@code limit} records after the one numbered {@code seq}, oldest first. */
  List<AuditRecord> after(long seq, int limit) {
    return database
        .sql()
        .sql("select * from raic_audit where seq > ? order by seq limit ?")
        .params(seq, limit)
        .query(AuditLog::read)
        .list();
  }

  private static AuditRecord read(ResultSet row, int number) throws SQLException {
    return new AuditRecord(
        row.getLong("seq"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("actor"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("outcome"),
        row.getString("hash"));
  }
}
