package io.raic.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
      var made = tokens.create("backup", rights);

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
      var first = tokens.create("backup", Token.Rights.ALL).token();
      assertThatThrownBy(() -> tokens.create("backup", Token.Rights.ALL))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a token named backup already");

      assertThat(tokens.revoke("backup")).contains(first);
      assertThat(tokens.revoke("backup")).isEmpty();
      assertThat(tokens.areThere()).isFalse();
      var second = tokens.create("backup", Token.Rights.ALL).token();
      assertThat(second.id()).isNotEqualTo(first.id());
      assertThat(tokens.revoke(second.id())).contains(second);
      assertThat(tokens.list()).hasSize(2).allMatch(token -> token.revoked().isPresent());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeIsRefused(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var tokens = new Tokens(database, time, new SecureRandom());
      for (String name :
          new String[] {"", "open", " a", "-a", "a b", "ä", "raic_a", "a".repeat(65)}) {
        assertThatThrownBy(() -> tokens.create(name, Token.Rights.ALL))
            .isInstanceOf(IllegalArgumentException.class);
      }
      var past = new Token.Rights(Optional.of(time.instant()), false, OptionalLong.empty());
      assertThatThrownBy(() -> tokens.create("a", past)).hasMessageContaining("expired already");
      assertThat(tokens.list()).isEmpty();
    }
  }
}
