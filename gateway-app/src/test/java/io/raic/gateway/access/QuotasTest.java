package io.raic.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.raic.gateway.schedule.VirtualThreads;
import io.raic.gateway.state.Database;
import io.raic.gateway.state.TestDatabase;
import io.raic.gateway.web.BadRequestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuotasTest {
  private static final OptionalLong UNKNOWN = OptionalLong.empty();
  private static final int MB = 1 << 20;

  @TempDir Path directory;
  private final HandTime time = new HandTime();

  private Quotas quotas(Database database) {
    return quotas(database, Duration.ofMinutes(1));
  }

  private Quotas quotas(Database database, Duration patience) {
    return new Quotas(
        database, new Usage(database), time, new SecureRandom(), patience, new VirtualThreads());
  }

  private Tokens tokens(Database database) {
    return new Tokens(database, time, new SecureRandom());
  }

  private Caller caller(Database database, long quota) {
    var rights = new Token.Rights(Optional.empty(), false, OptionalLong.of(quota));
    return tokens(database).create("test", "backup", rights).token().caller();
  }

  private long stored(Database database) {
    return tokens(database).list().getFirst().use().storedBytes();
  }

  private static void store(Quotas quotas, Caller caller, int bytes, OptionalLong length)
      throws IOException {
    try (var reservation = quotas.reserve(caller, length);
        var in = reservation.of(new ByteArrayInputStream(new byte[bytes]))) {
      assertThat(in.readAllBytes()).hasSize(bytes);
      reservation.stored();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsStoredAndReservedIsNeverMoreThanTheQuota(TestDatabase kind) throws IOException {
    var settings = kind.fresh(directory);
    try (var one = Database.open(settings);
        var other = Database.open(settings)) {
      var caller = caller(one, 1000);
      store(quotas(one), caller, 500, OptionalLong.of(500));
      assertThat(stored(one)).isEqualTo(500);
      var elsewhere = quotas(other);
      try (var _ = elsewhere.reserve(caller, OptionalLong.of(300))) {
        assertThatThrownBy(() -> quotas(one).reserve(caller, OptionalLong.of(201)))
            .isInstanceOfSatisfying(
                BadRequestException.class, e -> assertThat(e.status()).isEqualTo(507))
            .hasMessage(
                "the quota of the token backup is 1000 bytes: 500 bytes are stored, 300 bytes"
                    + " reserved by other uploads, and 201 bytes do not fit");
        quotas(one).reserve(caller, OptionalLong.of(200)).close();
      }
      store(quotas(one), caller, 500, OptionalLong.of(500));
      assertThat(stored(one)).isEqualTo(1000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUploadOfUnknownLengthStopsWhereTheQuotaDoes(TestDatabase kind) throws IOException {
    try (var database = kind.open(directory)) {
      var quotas = quotas(database);
      var caller = caller(database, 5L * MB);
      store(quotas, caller, 3 * MB, UNKNOWN);
      store(quotas, caller, 2 * MB - 1, UNKNOWN);
      store(quotas, caller, 1, UNKNOWN);
      assertThatThrownBy(() -> store(quotas, caller, 1, UNKNOWN))
          .isInstanceOf(BadRequestException.class);
      assertThat(stored(database)).isEqualTo(5L * MB);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatFailsIsGivenBack(TestDatabase kind) throws IOException {
    try (var database = kind.open(directory)) {
      var quotas = quotas(database);
      var caller = caller(database, 2L * MB);
      for (var length : List.of(UNKNOWN, OptionalLong.of(2 * MB))) {
        try (var reservation = quotas.reserve(caller, length);
            var in = reservation.of(new ByteArrayInputStream(new byte[2 * MB]))) {
          in.readNBytes(2 * MB);
        }
      }
      store(quotas, caller, 2 * MB, UNKNOWN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reservationsOfAGatewayThatIsGoneEnd(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var caller = caller(database, 1000);
      var alive = quotas(database);
      var _ = alive.reserve(caller, OptionalLong.of(300));
      var _ = quotas(database).reserve(caller, OptionalLong.of(500));
      time.pass(Quotas.LEASE.minusSeconds(1));
      alive.renew();
      assertThatThrownBy(() -> alive.reserve(caller, OptionalLong.of(300)))
          .isInstanceOf(BadRequestException.class);
      time.pass(Quotas.LEASE.minusSeconds(1));
      alive.renew();
      alive.reserve(caller, OptionalLong.of(700)).close();
      assertThatThrownBy(() -> alive.reserve(caller, OptionalLong.of(701)))
          .isInstanceOf(BadRequestException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyAtOnceFillTheQuotaExactly(TestDatabase kind) throws Exception {
    var settings = kind.fresh(directory);
    try (var one = Database.open(settings);
        var other = Database.open(settings);
        var threads = Executors.newFixedThreadPool(8)) {
      var caller = caller(one, 1000);
      var gateways = List.of(quotas(one), quotas(other));
      var uploads = new ArrayList<Callable<Boolean>>();
      for (int i = 0; i < 30; i++) {
        var gateway = gateways.get(i % 2);
        uploads.add(() -> {
          try {
            store(gateway, caller, 90, OptionalLong.of(90));
            return true;
          } catch (BadRequestException _) {
            return false;
          }
        });
      }
      int done = 0;
      for (Future<Boolean> upload : threads.invokeAll(uploads)) {
        done += upload.get() ? 1 : 0;
      }
      assertThat(stored(one)).isEqualTo(90L * done).isLessThanOrEqualTo(1000);
      // One that is refused while others run may have fitted after them.
      while (stored(one) + 90 <= 1000) {
        store(gateways.getFirst(), caller, 90, OptionalLong.of(90));
      }
      assertThat(stored(one)).isEqualTo(990);
    }
  }

  @Test
  void anUploadDoesNotWaitForADatabaseThatIsBusyAndIsCountedOnceItIsNot() throws Exception {
    try (var database = TestDatabase.SQLITE.open(directory)) {
      var quotas = quotas(database, Quotas.PATIENCE);
      var caller = caller(database, 1000);
      var reservation = quotas.reserve(caller, OptionalLong.of(300));
      assertThat(reservation.of(new ByteArrayInputStream(new byte[300])).readAllBytes())
          .hasSize(300);
      try (var connection = database.source().getConnection();
          var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.executeUpdate("update access_token set requests = 7");
        reservation.stored();
        // With the lock still held.
        connection.commit();
        connection.setAutoCommit(true);
      }
      await().until(() -> stored(database) == 300);
    }
  }

  @Test
  void whatIsCountedLaterIsCountedOnce() throws Exception {
    try (var database = TestDatabase.SQLITE.open(directory)) {
      var quotas = quotas(database);
      var caller = caller(database, 1000);
      storeWhileItCannotBeCounted(quotas, database, caller, 300);
      assertThatThrownBy(() -> quotas.reserve(caller, OptionalLong.of(701)))
          .isInstanceOf(BadRequestException.class);
      quotas.renew();
      quotas.renew();
      assertThat(stored(database)).isEqualTo(300);

      storeWhileItCannotBeCounted(quotas, database, caller, 500);
      // It was counted after all: only the answer was lost.
      database.sql().sql("delete from access_reservation").update();
      database.sql().sql("update access_token set stored_bytes = 800").update();
      quotas.renew();
      assertThat(stored(database)).isEqualTo(800);
      quotas.reserve(caller, OptionalLong.of(200)).close();
    }
  }

  private static void storeWhileItCannotBeCounted(
      Quotas quotas, Database database, Caller caller, int bytes) throws IOException {
    try (var reservation = quotas.reserve(caller, OptionalLong.of(bytes));
        var in = reservation.of(new ByteArrayInputStream(new byte[bytes]))) {
      assertThat(in.readAllBytes()).hasSize(bytes);
      database
          .sql()
          .sql(
              "create trigger broken before update of stored_bytes on access_token"
                  + " begin select raise(abort, 'no'); end")
          .update();
      reservation.stored();
      await().until(() -> quotas.late() == 1);
      database.sql().sql("drop trigger broken").update();
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutAQuotaEverythingFitsAndIsCounted(TestDatabase kind) throws IOException {
    try (var database = kind.open(directory)) {
      var caller = tokens(database).create("test", "free", Token.Rights.ALL).token().caller();
      store(quotas(database), caller, 100, OptionalLong.of(100));
      store(quotas(database), caller, 100, UNKNOWN);
      store(quotas(database), Caller.OPEN, 100, UNKNOWN);
      assertThat(stored(database)).isEqualTo(200);
    }
  }
}
