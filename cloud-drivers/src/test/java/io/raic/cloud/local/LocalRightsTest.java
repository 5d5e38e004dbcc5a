package io.raic.cloud.local;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories in which not everything is allowed. */
class LocalRightsTest {
  private static final ObjectKey KEY = ObjectKey.of("a/b");

  @TempDir Path directory;

  @Test
  void aReadOnlyDiskIsReadUntilItCanBeWritten() throws Exception {
    try (var disk = Mount.of(directory.resolve("disk"), 4 << 20)) {
      var root = disk.point().resolve("store");
      try (var store = LocalBackend.open("local", root)) {
        put(store, KEY, bytes(1, 10));
      }
      disk.makeReadOnly();
      try (var store = LocalBackend.open("local", root)) {
        assertReadOnly(store);
        disk.makeWritable();
        put(store, KEY, bytes(2, 10));
      }
    }
  }

  private static void assertReadOnly(LocalBackend store) {
    assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(1, 10));
    assertThat(keys(store, "")).containsExactly("a/b");
    assertThatThrownBy(() -> put(store, KEY, bytes(2, 10)))
        .isInstanceOf(BackendException.AccessDenied.class);
    assertThatThrownBy(() -> store.delete(KEY, soon()))
        .isInstanceOf(BackendException.AccessDenied.class);
    assertThatThrownBy(() -> store.probe(soon())).isInstanceOf(BackendException.AccessDenied.class);
  }

  /** The rights of files do not bind root, so another user tries. */
  @Test
  void aDirectoryThatMayNotBeReadIsDenied() throws Exception {
    var root = directory.resolve("store");
    try (var store = LocalBackend.open("local", root)) {
      put(store, KEY, bytes(1, 10));
    }
    allow(directory, "rwxr-xr-x");
    allow(root, "rwx------");
    try (var fork = asNobody("touch", root)) {
      assertThat(fork.lines()).hasSize(6).allMatch(line -> line.startsWith("AccessDenied"));
    }
  }

  @Test
  void aDirectoryThatMayOnlyBeReadIsRead() throws Exception {
    var root = directory.resolve("store");
    try (var store = LocalBackend.open("local", root)) {
      put(store, KEY, bytes(1, 10));
    }
    allow(directory, "rwxr-xr-x");
    allow(root, "rwxr-xr-x");
    allow(root.resolve("a"), "rwxr-xr-x");
    try (var fork = asNobody("touch", root)) {
      var lines = fork.lines();
      assertThat(lines).hasSize(6);
      assertThat(lines.get(0)).startsWith("AccessDenied");
      assertThat(lines.get(1)).isEqualTo("works");
      // Objects are for their owner only.
      assertThat(lines.get(2)).startsWith("AccessDenied");
      assertThat(lines.get(3)).isEqualTo("works");
      assertThat(lines.get(4)).startsWith("AccessDenied");
      assertThat(lines.get(5)).startsWith("AccessDenied");
    }
  }

  private static void allow(Path path, String rights) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
  }

  private static Fork asNobody(Object... arguments) throws Exception {
    var nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var tried = new ArrayList<>(nobody);
    tried.addAll(List.of(java, "-version"));
    assumeTrue(Mount.run(tried.toArray(String[]::new)), "only root can try as somebody else");
    return new Fork(nobody, List.of(), arguments);
  }
}
