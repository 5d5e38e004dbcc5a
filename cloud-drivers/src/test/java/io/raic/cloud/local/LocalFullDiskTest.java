package io.raic.cloud.local;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that take no more. */
class LocalFullDiskTest {
  private static final int DISK_BYTES = 4 << 20;

  @TempDir Path directory;

  @Test
  void aFullDiskIsAnErrorAndLeavesNothingBehind() throws Exception {
    try (var disk = Mount.of(directory.resolve("disk"), DISK_BYTES);
        var store = LocalBackend.open("local", disk.point().resolve("store"))) {
      var old = ObjectKey.of("a/old");
      put(store, old, bytes(1, 100_000));
      // It fits when it begins; then somebody else takes the space.
      try (var upload = store.begin(ObjectKey.of("b/new"), 2 << 20, Precondition.none(), soon())) {
        upload.write(new byte[1 << 20], 0, 1 << 20);
        Files.write(disk.point().resolve("other"), new byte[(2 << 20) + 500_000]);
        assertThatThrownBy(() -> upload.write(new byte[1 << 20], 0, 1 << 20))
            .isInstanceOf(BackendException.OutOfSpace.class);
        assertThat(store.root().path().resolve(".tmp")).isEmptyDirectory();
      }
      assertThat(keys(store, "")).containsExactly("a/old");
      assertThat(disk.point().resolve("store")).isDirectoryNotContaining("glob:**/b");
      assertThat(read(store, old).orElseThrow()).isEqualTo(bytes(1, 100_000));

      Files.delete(disk.point().resolve("other"));
      put(store, ObjectKey.of("b/new"), bytes(2, 1 << 20));
    }
  }

  @Test
  void whatDoesNotFitIsNotBegun() throws Exception {
    try (var disk = Mount.of(directory.resolve("disk"), DISK_BYTES);
        var store = LocalBackend.open("local", disk.point().resolve("store"))) {
      assertThatThrownBy(
              () -> store.begin(ObjectKey.of("a"), DISK_BYTES + 1, Precondition.none(), soon()))
          .isInstanceOf(BackendException.OutOfSpace.class);
      var capacity = store.capacity(soon()).orElseThrow();
      assertThat(capacity.totalBytes()).isEqualTo(DISK_BYTES);
      assertThat(capacity.freeBytes()).isBetween(1L, (long) DISK_BYTES);
    }
  }

  @Test
  void aDiskThatTakesNoMoreFilesIsFullAndKeepsNoHalfOfAPath() throws Exception {
    // The mount point, the store, its lock, its temporary directory and file, and two more.
    try (var disk = Mount.of(directory.resolve("disk"), DISK_BYTES, 7);
        var store = LocalBackend.open("local", disk.point().resolve("store"))) {
      assertThatThrownBy(() -> put(store, ObjectKey.of("a/b/c/d"), bytes(1, 10)))
          .isInstanceOf(BackendException.OutOfSpace.class);
      assertThat(disk.point().resolve("store")).isDirectoryNotContaining("glob:**/a");
      put(store, ObjectKey.of("a/b/d"), bytes(1, 10));
    }
  }

  @Test
  void aStoreOnAFullDiskCanStillBeOpenedAndRead() throws Exception {
    try (var disk = Mount.of(directory.resolve("disk"), DISK_BYTES)) {
      var root = disk.point().resolve("store");
      var key = ObjectKey.of("a/b");
      try (var store = LocalBackend.open("local", root)) {
        put(store, key, bytes(1, 1000));
      }
      Files.delete(root.resolve(".lock"));
      assertThatThrownBy(() -> Files.write(disk.point().resolve("other"), new byte[2 * DISK_BYTES]))
          .isInstanceOf(IOException.class);
      try (var store = LocalBackend.open("local", root)) {
        assertThat(read(store, key).orElseThrow()).isEqualTo(bytes(1, 1000));
        assertThatThrownBy(() -> put(store, ObjectKey.of("c"), bytes(1, 100_000)))
            .isInstanceOf(BackendException.OutOfSpace.class);
        assertThat(store.delete(key, soon())).isTrue();
        assertThat(store.get(key, ByteRange.ALL, soon())).isEmpty();
      }
    }
  }

  /** Needs no rights: the limit of the shell on the size of files stands for the end of a disk. */
  @Test
  void aWriteThatTheSystemCutsShortIsOutOfSpaceAndLeavesNothing() throws Exception {
    var root = directory.resolve("store");
    var limited = List.of("bash", "-c", "ulimit -f 512 && exec \"$@\"", "limited");
    try (var fork = new Fork(limited, List.of(), "touch", root)) {
      var lines = fork.lines();
      assertThat(lines).hasSize(6);
      assertThat(lines.get(4)).startsWith("OutOfSpace fork: write: ");
      lines.remove(4);
      assertThat(lines).containsOnly("works");
    }
    assertThat(root.resolve(".tmp")).isEmptyDirectory();
    assertThat(root).isDirectoryNotContaining("glob:**/a");
  }
}
