package io.raic.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.gateway.state.Database;
import io.raic.gateway.state.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditLogTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1234567));

  @TempDir private Path directory;

  private static AuditLog log(Database database) {
    return new AuditLog(database, CLOCK);
  }

  private static void fill(AuditLog log, int records) {
    for (int i = 1; i <= records; i++) {
      log.append("alice", "user.add", "user " + i, Outcome.DONE);
    }
  }

  private static Verification verified(AuditLog log) {
    return Verification.of(log, Optional.empty());
  }

  /** What somebody does who may do everything in the database. */
  private static void withoutTriggers(Database database, TestDatabase kind, String change) {
    switch (kind) {
      case SQLITE -> {
        database.sql().sql("drop trigger raic_audit_no_update").update();
        database.sql().sql("drop trigger raic_audit_no_delete").update();
      }
      case POSTGRESQL -> database.sql().sql("alter table raic_audit disable trigger all").update();
    }
    database.sql().sql(change).update();
  }

  @ParameterizedTest
  @EnumSource
  void recordsAreReadAsTheyWereAppended(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var log = log(database);
      var first = log.append("alice", "user.add", "bob – ü", Outcome.DONE);
      var second = log.append("cli:root", "user.remove", "", Outcome.REFUSED);

      assertThat(log.latest(9)).containsExactly(second, first);
      assertThat(log.before(2, 9)).containsExactly(first);
      assertThat(first.at()).isEqualTo(CLOCK.instant());
      assertThat(verified(log))
          .isEqualTo(new Verification(2, second.hash(), Optional.empty(), true));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyLogIsGood(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      assertThat(verified(log(database)).isGood()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void gatewaysThatAppendAtOnceMakeOneChain(TestDatabase kind) throws Exception {
    var settings = kind.fresh(directory);
    int each = 15;
    try (var one = Database.open(settings);
        var other = Database.open(settings);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ArrayList<Future<?>>();
      for (var log : new AuditLog[] {log(one), log(one), log(other), log(other)}) {
        Callable<Boolean> task =
            () -> {
              fill(log, each);
              return true;
            };
        done.add(threads.submit(task));
      }
      for (var task : done) {
        task.get();
      }
      assertThat(verified(log(one)).records()).isEqualTo(4L * each);
      assertThat(verified(log(one)).isGood()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsUndoneIsNotInTheLog(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var log = log(database);
      assertThatThrownBy(() ->
              database.inTransaction(() -> {
                log.append("alice", "user.add", "bob", Outcome.DONE);
                throw new IllegalStateException("undone");
              }))
          .hasMessage("undone");
      assertThat(log.latest(1)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theDatabaseRefusesToChangeOrRemoveARecord(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      fill(log(database), 3);
      var sql = database.sql();
      assertThatThrownBy(() -> sql.sql("update raic_audit set actor = 'x'").update())
          .hasMessageContaining("only appended to");
      assertThatThrownBy(() -> sql.sql("delete from raic_audit where seq = 3").update())
          .hasMessageContaining("only appended to");
      if (kind == TestDatabase.POSTGRESQL) {
        assertThatThrownBy(() -> sql.sql("truncate raic_audit").update())
            .hasMessageContaining("only appended to");
      }
      assertThat(verified(log(database)).records()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChangedRecordIsFound(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      fill(log(database), 5);
      withoutTriggers(database, kind, "update raic_audit set actor = 'mallory' where seq = 3");
      assertThat(verified(log(database)).broken()).contains("record 3 was changed");
      assertThat(verified(log(database)).records()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void textThatIsMovedToAnotherFieldIsFound(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      log(database).append("alice", "user.add", "bob", Outcome.DONE);
      withoutTriggers(database, kind, "update raic_audit set actor = 'aliceuser', action = '.add'");
      assertThat(verified(log(database)).broken()).contains("record 1 was changed");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRemovedRecordIsFound(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      fill(log(database), 5);
      withoutTriggers(database, kind, "delete from raic_audit where seq = 2");
      assertThat(verified(log(database)).broken()).contains("record 2 is missing");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCutOffEndIsFoundByAHeadThatWasNoted(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var log = log(database);
      fill(log, 3);
      var noted = Optional.of(verified(log).head());
      fill(log, 2);
      assertThat(Verification.of(log, noted).isGood()).isTrue();

      withoutTriggers(database, kind, "delete from raic_audit where seq >= 3");
      assertThat(verified(log).isGood()).isTrue();
      assertThat(Verification.of(log, noted).isGood()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatADatabaseCannotKeepIsReplaced(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var log = log(database);
      var kept = log.append("a\0b\ud800", "x\ny", "z".repeat(9999), Outcome.FAILED);
      assertThat(kept.actor()).isEqualTo("a b?");
      assertThat(kept.action()).isEqualTo("x y");
      assertThat(kept.subject()).hasSize(AuditLog.MAX_CHARACTERS + 1);
      assertThat(verified(log).isGood()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReadCapabilityIsNotKept(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var log = log(database);
      log.append("alice", "file.check", "URI:CHK:secret:hash:3:5:9 it", Outcome.DONE);
      var verifier = log.append("alice", "file.check", "URI:CHK-Verifier:i:h:3:5:9", Outcome.DONE);
      assertThat(log.latest(2).getLast().subject()).isEqualTo("[redacted] it");
      assertThat(verifier.subject()).isEqualTo("URI:CHK-Verifier:i:h:3:5:9");
    }
  }
}
