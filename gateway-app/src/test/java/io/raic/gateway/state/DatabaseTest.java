package io.raic.gateway.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void whatWasWrittenIsThereAfterItIsOpenedAgain(TestDatabase kind) {
    var settings = kind.fresh(directory);
    try (var database = Database.open(settings)) {
      database.sql().sql("create table fact (name text primary key, at bigint)").update();
      database.sql().sql("insert into fact values ('a', 1)").update();
    }
    try (var database = Database.open(settings)) {
      assertThat(database.sql().sql("select at from fact").query(Long.class).single())
          .isEqualTo(1L);
      assertThat(database.works(Duration.ofSeconds(1))).isTrue();
      assertThat(database.isShared()).isEqualTo(kind == TestDatabase.POSTGRESQL);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTransactionThatFailsChangesNothing(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      database.sql().sql("create table fact (name text primary key)").update();

      assertThatThrownBy(() ->
              database.inTransaction(() -> {
                database.sql().sql("insert into fact values ('a')").update();
                throw new IllegalStateException("no");
              }))
          .hasMessage("no");

      assertThat(database.sql().sql("select count(*) from fact").query(Long.class).single())
          .isZero();
    }
  }

  @Test
  void aNewFileIsForItsOwnerOnly() throws IOException {
    var settings = TestDatabase.SQLITE.fresh(directory);
    Database.open(settings).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings.file())))
        .isEqualTo("rw-------");
  }

  @Test
  void manyThatOpenANewFileAtOnceAllGetIt() throws Exception {
    var settings = TestDatabase.SQLITE.fresh(directory);
    int count = 6;
    try (var threads = Executors.newFixedThreadPool(count)) {
      var all = Collections.nCopies(count, (Callable<Database>) () -> Database.open(settings));
      for (var opened : threads.invokeAll(all)) {
        opened.get().close();
      }
    }
  }

  @Test
  void aTurnThatSomebodyHasIsNotHadTwice() throws IOException {
    var file = directory.resolve("state.db");
    try (var _ = FileTurn.await(file, Duration.ZERO)) {
      assertThatThrownBy(() -> FileTurn.await(file, Duration.ofMillis(1)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("state.db.lock");
    }
    FileTurn.await(file, Duration.ZERO).close();
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedByName() throws IOException {
    var file = directory.resolve("state.db");
    Files.writeString(
        file, "this is a text and no database, for more than a hundred bytes".repeat(9));

    assertThatThrownBy(() -> Database.open(DatabaseSettings.sqlite(file)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("raic.database")
        .hasMessageContaining(file.toString());
  }

  @Test
  void aPasswordIsInNoMessage() {
    var settings =
        new DatabaseSettings(
            Optional.of("jdbc:postgresql://127.0.0.1:1/none"),
            directory,
            Optional.of("somebody"),
            Optional.of("hunter2"));

    assertThatThrownBy(() -> Database.open(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("raic.database")
        .satisfies(e -> assertThat(e.toString() + settings).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://raic:hunter2@127.0.0.1:1/raic",
        "jdbc:postgresql://raic:hun/hunter2@127.0.0.1:1/raic",
        "jdbc:postgresql:raic:hunter2@127.0.0.1:1/raic",
        "jdbc:postgresql://raic:hunter2?@127.0.0.1:1/raic",
        "jdbc:postgresql://127.0.0.1:none/raic?password=hunter2",
      })
  void aPasswordInAnAddressIsInNoMessage(String url) {
    assertThatThrownBy(() ->
            Database.open(
                new DatabaseSettings(
                    Optional.of(url), directory, Optional.empty(), Optional.empty())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("raic.database")
        .hasNoCause()
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aNameBeforeTheHostIsRefusedInFavourOfTheSetting() {
    assertThatThrownBy(() ->
            new DatabaseSettings(
                Optional.of("jdbc:postgresql://raic:hunter2@db/raic"),
                directory,
                Optional.empty(),
                Optional.empty()))
        .hasMessageContaining("raic.database.username");
  }

  @Test
  void onlyPostgresqlIsKnownByAddress() {
    assertThatThrownBy(() ->
            new DatabaseSettings(
                Optional.of("jdbc:mysql://h/n"), directory, Optional.empty(), Optional.empty()))
        .hasMessageContaining("raic.database.url");
  }
}
