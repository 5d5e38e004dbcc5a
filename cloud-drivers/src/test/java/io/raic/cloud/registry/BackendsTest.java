package io.raic.cloud.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.local.LocalBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendsTest {
  @TempDir Path disk;

  private static CloudBackend open(String id, Path path) {
    return Backends.open(Driver.LOCAL, id, Map.of("path", path.toString()));
  }

  @Test
  void aDirectoryIsOpenedByTheLocalDriver() {
    try (var store = open("cellar", disk.resolve("store"))) {
      assertThat(store).isInstanceOf(LocalBackend.class);
      assertThat(store.id()).isEqualTo("cellar");
      store.probe(Deadline.in(Duration.ofSeconds(30)));
    }
  }

  @Test
  void aStoreThatCannotBeUsedIsOpenedAllTheSame() {
    try (var store = open("cellar", disk.resolve("no/store"))) {
      assertThatThrownBy(() -> store.probe(Deadline.in(Duration.ofSeconds(30))))
          .isInstanceOf(BackendException.Unavailable.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "-a", "a\n", "ä", "a/b"})
  void aNameThatCannotStandEverywhereIsRefused(String id) {
    assertThatThrownBy(() -> open(id, disk)).isInstanceOf(IllegalArgumentException.class);
  }
}
