package io.raic.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

class RebuildTest {
  /** A database that others keep {@code busy} times. */
  private static Runnable write(AtomicInteger asked, int busy) {
    return () -> {
      if (asked.incrementAndGet() <= busy) {
        throw new CannotAcquireLockException("busy");
      }
    };
  }

  @Test
  void aBatchThatFoundTheDatabaseBusyIsWrittenAgain() {
    var asked = new AtomicInteger();
    Rebuild.repeated(write(asked, Rebuild.ATTEMPTS - 1));
    assertThat(asked).hasValue(Rebuild.ATTEMPTS);
  }

  @Test
  void aDatabaseThatStaysBusyEndsIt() {
    var asked = new AtomicInteger();
    assertThatThrownBy(() -> Rebuild.repeated(write(asked, 99)))
        .isInstanceOf(CannotAcquireLockException.class);
    assertThat(asked).hasValue(Rebuild.ATTEMPTS);
  }
}
