package io.raic.cloud.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendConfig;
import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.local.LocalBackend;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendsTest {
  @TempDir Path disk;

  @Test
  void aDirectoryIsOpenedByTheLocalDriver() {
    try (var store = Backends.open(new BackendConfig.Local("cellar", disk.resolve("store")))) {
      assertThat(store).isInstanceOf(LocalBackend.class);
      assertThat(store.id()).isEqualTo("cellar");
      store.probe(Deadline.in(Duration.ofSeconds(30)));
    }
  }

  @Test
  void aStoreThatCannotBeUsedIsOpenedAllTheSame() {
    try (var store = Backends.open(new BackendConfig.Local("cellar", disk.resolve("no/store")))) {
      assertThatThrownBy(() -> store.probe(Deadline.in(Duration.ofSeconds(30))))
          .isInstanceOf(BackendException.Unavailable.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "-a", "a\n", "ä", "a/b"})
  void aNameThatCannotStandEverywhereIsRefused(String id) {
    assertThatThrownBy(() -> new BackendConfig.Local(id, disk))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
