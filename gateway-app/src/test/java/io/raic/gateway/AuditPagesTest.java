package io.raic.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.audit.AuditRecord;
import io.raic.gateway.state.TestDatabase;
import io.raic.gateway.web.BadRequestException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditPagesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void anActThatDidNotHappenIsRecordedAsThat(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var log = new AuditLog(database, () -> Instant.EPOCH);
      var pages = new AuditPages(log);

      pages.record("ann", "file.check", "x", () -> {});
      assertThat(outcomes(log)).containsExactly("done");
      for (var error :
          List.of(
              new BadRequestException(409, "at work already"),
              new BadRequestException(503, "too many"),
              new IllegalStateException())) {
        assertThatThrownBy(() ->
                pages.record(
                    "ann",
                    "file.check",
                    "x",
                    () -> {
                      throw error;
                    }))
            .isSameAs(error);
      }
      assertThat(outcomes(log))
          .containsExactly("failed", "done", "failed", "done", "refused", "done", "done");
    }
  }

  private static List<String> outcomes(AuditLog log) {
    return log.latest(10).stream().map(AuditRecord::outcome).toList();
  }
}
