package io.raic.cloud.local;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.contract.EndingContract;
import io.raic.cloud.contract.Racers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that cannot be used yet, any more, or by this process. */
class LocalOpeningTest {
  private static final ObjectKey KEY = ObjectKey.of("a/b");

  @TempDir Path disk;
  private Path root = Path.of("");

  @BeforeEach
  void setRoot() {
    root = disk.resolve("store");
  }

  @Test
  void openingTouchesNothing() {
    LocalBackend.open("local", root).close();
    assertThat(root).doesNotExist();
  }

  @Test
  void aMissingDiskFailsEachCallUntilItIsThere() throws Exception {
    var parent = disk.resolve("usb");
    try (var store = LocalBackend.open("local", parent.resolve("store"))) {
      assertUnusable(store, "usb is missing");
      assertThat(parent).doesNotExist();

      Files.createDirectory(parent);
      assertUsable(store);
    }
  }

  @Test
  void aFileInThePlaceOfTheDirectoryFailsEachCallUntilItIsGone() throws Exception {
    Files.createFile(root);
    try (var store = LocalBackend.open("local", root)) {
      assertUnusable(store, "store is not a directory");
      Files.delete(root);
      assertUsable(store);
    }
  }

  @Test
  void aSecondStoreOnADirectoryFailsUntilTheFirstIsClosed() {
    var first = LocalBackend.open("first", root);
    try (var second = LocalBackend.open("second", root)) {
      put(first, KEY, bytes(1, 10));
      assertUnusable(second, "in use by another gateway");
      assertThat(read(first, KEY)).isPresent();
      first.close();
      assertUsable(second);
    }
  }

  @Test
  void anotherProcessIsKeptOutAndKeepsOut() throws Exception {
    try (var store = LocalBackend.open("local", root)) {
      store.probe(soon());
      // What a second store of this process does must not let go of the first one's lock.
      try (var second = LocalBackend.open("second", root)) {
        assertUnusable(second, "in use by another gateway");
      }
      try (var other = new Fork("touch", root)) {
        assertThat(other.lines())
            .hasSize(6)
            .allMatch(line -> line.startsWith("Unavailable"))
            .allMatch(line -> line.contains("in use by another gateway"));
      }
    }
    try (var other = new Fork("hold", root);
        var store = LocalBackend.open("local", root)) {
      assertThat(other.line()).isEqualTo("works");
      assertUnusable(store, "in use by another gateway");
      other.kill();
      assertUsable(store);
    }
  }

  @Test
  void aDirectoryRemovedWhileOpenIsMadeAndLockedAgain() throws Exception {
    try (var store = LocalBackend.open("local", root)) {
      put(store, KEY, bytes(1, 10));
      removeAll(root);
      assertThat(store.stat(KEY, soon())).isEmpty();
      assertUsable(store);
      try (var other = new Fork("touch", root)) {
        assertThat(other.line()).contains("in use by another gateway");
      }
    }
  }

  @Test
  void aDirectoryRemovedDuringAnUploadFailsItAndTakesTheNext() throws Exception {
    try (var store = LocalBackend.open("local", root)) {
      try (var upload = store.begin(KEY, 1, Precondition.none(), soon())) {
        upload.write(new byte[1], 0, 1);
        removeAll(root);
        assertThatThrownBy(upload::commit).isInstanceOf(BackendException.Unavailable.class);
      }
      assertThat(keys(store, "")).isEmpty();
      assertUsable(store);
    }
  }

  @Test
  void aDiskThatGoesAwayIsNotAnEmptyStore() throws Exception {
    var parent = Files.createDirectory(disk.resolve("usb"));
    try (var store = LocalBackend.open("local", parent.resolve("store"))) {
      put(store, KEY, bytes(1, 10));
      var elsewhere = Files.move(parent, disk.resolve("unplugged"));
      assertUnusable(store, "usb is missing");
      Files.move(elsewhere, parent);
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(1, 10));
    }
  }

  @Test
  void theMountPointOfADiskThatWentAwayDoesNotBecomeTheStore() throws Exception {
    var point = disk.resolve("usb");
    try (var device = Mount.of(disk.resolve("device"), 1 << 20);
        var mount = Mount.again(device, point);
        var inside = LocalBackend.open("inside", point.resolve("store"));
        var itself = LocalBackend.open("itself", point)) {
      put(inside, KEY, bytes(1, 10));
      put(itself, KEY, bytes(2, 10));
      mount.unplug();
      assertUnusable(inside, "is gone");
      assertUnusable(itself, "is gone");
      assertThat(point).isEmptyDirectory();

      try (var _ = Mount.again(device, point)) {
        assertThat(read(inside, KEY).orElseThrow()).isEqualTo(bytes(1, 10));
        assertThat(read(itself, KEY).orElseThrow()).isEqualTo(bytes(2, 10));
        assertUsable(inside);
      }
    }
  }

  @Test
  void leftoversAreRemovedAtTheFirstUseAndUploadsUnderWayAreNot() throws Exception {
    var leftover = root.resolve(".tmp/leftover");
    Files.createDirectories(leftover.getParent());
    Files.createFile(leftover);
    Files.createDirectories(root.resolve(".tmp/strange/thing"));
    try (var store = LocalBackend.open("local", root)) {
      try (var upload = store.begin(KEY, 1, Precondition.none(), soon())) {
        assertThat(leftover).doesNotExist();
        upload.write(new byte[1], 0, 1);
        Files.delete(root.resolve(".lock"));
        assertUsable(store);
        upload.commit();
      }
      assertThat(keys(store, "")).contains(KEY.text());
    }
  }

  @Test
  void theFirstCallsMayComeAllAtOnce() throws Exception {
    try (var store = LocalBackend.open("local", root)) {
      Racers.race(32, i -> put(store, ObjectKey.of("a/" + i), bytes(i, 10)));
      assertThat(keys(store, "")).hasSize(32);
    }
  }

  private static void assertUnusable(CloudBackend store, String why) {
    for (var call : EndingContract.Call.values()) {
      assertFails(() -> call.make(store, soon()), why);
    }
  }

  private static void assertFails(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOf(BackendException.Unavailable.class)
        .hasMessageContaining(why);
  }

  private static void assertUsable(CloudBackend store) {
    put(store, ObjectKey.of("usable"), bytes(3, 10));
    for (var call : EndingContract.Call.values()) {
      call.make(store, soon());
    }
    assertThat(store.delete(ObjectKey.of("usable"), soon())).isTrue();
  }

  static void removeAll(Path directory) throws IOException {
    try (var all = Files.walk(directory)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
