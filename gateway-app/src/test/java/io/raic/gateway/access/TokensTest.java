package io.raic.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.state.TestDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokensTest {
  @TempDir Path directory;
  private final HandTime time = new HandTime();

  @ParameterizedTest
  @EnumSource
  void aTokenIsFoundByItsHashAndNowhereInTheClear(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var tokens = new Tokens(database, time, new SecureRandom());
      var rights =
          new Token.Rights(
              Optional.of(time.instant().plus(Duration.ofDays(1))), true, OptionalLong.of(500));
      var made = tokens.create("test", "backup", rights);

      assertThat(made.reveal()).matches("raic_[a-z2-7]{52}");
      assertThat(made.toString() + made.token()).doesNotContain(made.reveal());
      var found = tokens.byHash(TokenSecret.hash(made.reveal()).orElseThrow()).orElseThrow();
      assertThat(found).isEqualTo(made.token());
      assertThat(found.rights()).isEqualTo(rights);
      assertThat(tokens.list()).containsExactly(found);
      assertThat(tokens.byId(found.id())).contains(found);
      var rows = database.sql().sql("select * from access_token").query().listOfRows();
      assertThat(rows.toString()).doesNotContain(made.reveal().substring(5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNameIsFreeAgainOnceItsTokenIsRevoked(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var tokens = new Tokens(database, time, new SecureRandom());
      var first = tokens.create("test", "backup", Token.Rights.ALL).token();
      assertThatThrownBy(() -> tokens.create("test", "backup", Token.Rights.ALL))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a token named backup already");

      assertThat(tokens.revoke("test", "backup")).contains(first);
      assertThat(tokens.revoke("test", "backup")).isEmpty();
      assertThat(tokens.areThere()).isFalse();
      var second = tokens.create("test", "backup", Token.Rights.ALL).token();
      assertThat(second.id()).isNotEqualTo(first.id());
      assertThat(tokens.revoke("test", second.id())).contains(second);
      assertThat(tokens.list()).hasSize(2).allMatch(token -> token.revoked().isPresent());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMadeAndRevokedIsInTheAuditLogOnceAndTheSecretIsNot(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var tokens = new Tokens(database, time, new SecureRandom());
      var end = time.instant().plus(Duration.ofDays(1));
      var rights = new Token.Rights(Optional.of(end), true, OptionalLong.of(500));
      var made = tokens.create("cli:root", "backup", rights);
      assertThatThrownBy(() -> tokens.create("cli:root", "backup", Token.Rights.ALL))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(tokens.revoke("cli:ann", "backup")).isPresent();
      assertThat(tokens.revoke("cli:ann", "backup")).isEmpty();

      var records = new AuditLog(database, time).latest(10);
      var id = made.token().id();
      assertThat(records)
          .extracting(each -> each.actor() + " " + each.action() + " " + each.subject())
          .containsExactly(
              "cli:ann token.revoke backup (%s)".formatted(id),
              "cli:root token.create backup (%s): read-only, until %s, at most 500 bytes"
                  .formatted(id, end));
      assertThat(records.toString()).doesNotContain(made.reveal());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeIsRefused(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var tokens = new Tokens(database, time, new SecureRandom());
      for (String name :
          new String[] {"", "open", " a", "-a", "a b", "ä", "raic_a", "a".repeat(65)}) {
        assertThatThrownBy(() -> tokens.create("test", name, Token.Rights.ALL))
            .isInstanceOf(IllegalArgumentException.class);
      }
      var past = new Token.Rights(Optional.of(time.instant()), false, OptionalLong.empty());
      assertThatThrownBy(() -> tokens.create("test", "a", past))
          .hasMessageContaining("expired already");
      assertThat(tokens.list()).isEmpty();
    }
  }
}
