package io.raic.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.gateway.state.Database;
import io.raic.gateway.state.TestDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoorkeeperTest {
  @TempDir Path directory;
  private final HandTime time = new HandTime();

  private Tokens tokens(Database database) {
    return new Tokens(database, time, new SecureRandom());
  }

  private Doorkeeper doorkeeper(Database database, Usage usage) {
    return new Doorkeeper(tokens(database), usage, time, time);
  }

  @ParameterizedTest
  @EnumSource
  void aRevocationTakesEffectInEveryGatewayWithinTwoSeconds(TestDatabase kind) {
    var settings = kind.fresh(directory);
    try (var one = Database.open(settings);
        var other = Database.open(settings)) {
      var token = tokens(one).create("test", "backup", Token.Rights.ALL);
      var doorkeeper = doorkeeper(other, new Usage(other));
      assertThat(doorkeeper.admit(token.reveal()))
          .contains(new Caller(token.token().id(), "backup", false, false));

      tokens(one).revoke("test", "backup");
      assertThat(doorkeeper.admit(token.reveal())).isPresent();
      time.pass(Duration.ofSeconds(1));
      assertThat(doorkeeper.admit(token.reveal())).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTokenEndsWhenItExpires(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var end = Optional.of(time.instant().plusMillis(500));
      var token =
          tokens(database)
              .create("test", "brief", new Token.Rights(end, true, OptionalLong.empty()));
      var doorkeeper = doorkeeper(database, new Usage(database));
      assertThat(doorkeeper.admit(token.reveal()))
          .hasValueSatisfying(caller -> assertThat(caller.readOnly()).isTrue());
      time.pass(Duration.ofMillis(500));
      assertThat(doorkeeper.admit(token.reveal())).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoTokenIsNotLetIn(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var secret = tokens(database).create("test", "backup", Token.Rights.ALL).reveal();
      var doorkeeper = doorkeeper(database, new Usage(database));
      String other = TokenSecret.random(new SecureRandom());
      for (String wrong : new String[] {"", "raic_", secret + "a", " " + secret, other}) {
        assertThat(doorkeeper.admit(wrong)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobodyComesInWhileTheDatabaseIsGone(TestDatabase kind) {
    var database = kind.open(directory);
    var token = tokens(database).create("test", "backup", Token.Rights.ALL);
    var doorkeeper = doorkeeper(database, new Usage(database));
    assertThat(doorkeeper.admit(token.reveal())).isPresent();
    database.close();
    time.pass(Duration.ofSeconds(1));
    assertThatThrownBy(() -> doorkeeper.admit(token.reveal()))
        .isInstanceOf(org.springframework.dao.DataAccessException.class);
  }

  @ParameterizedTest
  @EnumSource
  void whatATokenIsUsedForIsWrittenLater(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var tokens = tokens(database);
      var token = tokens.create("test", "backup", Token.Rights.ALL);
      var usage = new Usage(database);
      var doorkeeper = doorkeeper(database, usage);
      for (int i = 0; i < 3; i++) {
        doorkeeper.admit(token.reveal());
      }
      assertThat(tokens.list().getFirst().use().requests()).isZero();
      usage.storedLate(token.token().id(), 10);
      usage.write();
      usage.write();
      assertThat(tokens.list().getFirst().use())
          .isEqualTo(new Token.Use(10, 3, Optional.of(time.instant())));
    }
  }
}
