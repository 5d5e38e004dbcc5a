package io.raic.cloud.local;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.list;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.VersionToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and directories that are not as a store would make them, and how it makes them. */
class LocalTreeTest {
  @TempDir Path disk;
  private Path root = Path.of("");
  private LocalBackend store = LocalBackend.open("none", Path.of(""));

  @BeforeEach
  void open() {
    root = disk.resolve("store");
    store = LocalBackend.open("local", root);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void anObjectIsAFileOfItsNameForItsOwnerOnly() throws Exception {
    put(store, ObjectKey.of("shares/ab/abcd/0"), bytes(1, 10));
    var file = root.resolve("shares/ab/abcd/0");
    assertThat(file).hasBinaryContent(bytes(1, 10));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(root.resolve(".tmp")).isEmptyDirectory();
  }

  @Test
  void aKeyThatIsADirectoryIsNoObject() {
    put(store, ObjectKey.of("a/b/c"), bytes(1, 10));
    var directory = ObjectKey.of("a/b");
    assertThat(store.get(directory, ByteRange.ALL, soon())).isEmpty();
    assertThat(store.stat(directory, soon())).isEmpty();
    assertThat(store.delete(directory, soon())).isFalse();
    assertThatThrownBy(() -> put(store, directory, bytes(2, 10)))
        .isInstanceOf(BackendException.Unavailable.class)
        .hasMessageContaining("a/b is a directory of other objects");
    assertThat(keys(store, "")).containsExactly("a/b/c");
    assertThat(root.resolve(".tmp")).isEmptyDirectory();
  }

  @Test
  void aKeyBelowAnObjectFailsAndLeavesTheObject() {
    put(store, ObjectKey.of("a"), bytes(1, 10));
    for (var below : List.of("a/b", "a/b/c")) {
      assertThatThrownBy(() -> put(store, ObjectKey.of(below), bytes(2, 10)))
          .isInstanceOf(BackendException.Unavailable.class)
          .hasMessageContaining("a is not a directory");
    }
    assertThat(read(store, ObjectKey.of("a")).orElseThrow()).isEqualTo(bytes(1, 10));
    assertThat(root.resolve(".tmp")).isEmptyDirectory();
  }

  @Test
  void aWriteThatFailsLeavesNoDirectory() {
    var missing = new Precondition.Matches(new VersionToken("none"));
    assertThatThrownBy(() -> put(store, ObjectKey.of("a/b/c"), bytes(2, 10), missing))
        .isInstanceOf(BackendException.PreconditionFailed.class);
    assertThat(root.resolve("a")).doesNotExist();
  }

  @Test
  void deletingTheLastObjectRemovesItsDirectories() {
    put(store, ObjectKey.of("a/b/c"), bytes(1, 10));
    put(store, ObjectKey.of("a/d"), bytes(1, 10));
    assertThat(store.delete(ObjectKey.of("a/b/c"), soon())).isTrue();
    assertThat(root.resolve("a/b")).doesNotExist();
    assertThat(store.delete(ObjectKey.of("a/d"), soon())).isTrue();
    assertThat(root.resolve("a")).doesNotExist();
    assertThat(root).exists();
  }

  @Test
  void whatIsBehindALinkIsNotInTheStore() throws Exception {
    put(store, ObjectKey.of("a/b"), bytes(1, 10));
    var outside = Files.createDirectory(disk.resolve("outside"));
    Files.write(outside.resolve("secret"), bytes(2, 20));
    Files.createSymbolicLink(root.resolve("a/link"), outside.resolve("secret"));
    Files.createSymbolicLink(root.resolve("d"), outside);
    Files.createSymbolicLink(root.resolve("a/dangling"), root.resolve("nowhere"));

    for (var name : List.of("a/link", "d/secret", "a/dangling")) {
      var key = ObjectKey.of(name);
      assertThat(store.get(key, ByteRange.ALL, soon())).isEmpty();
      assertThat(store.stat(key, soon())).isEmpty();
      assertThat(store.delete(key, soon())).isFalse();
    }
    assertThat(keys(store, "")).containsExactly("a/b");
    assertThat(keys(store, "d/")).isEmpty();
    assertThatThrownBy(() -> put(store, ObjectKey.of("d/new"), bytes(3, 5)))
        .isInstanceOf(BackendException.Unavailable.class);

    put(store, ObjectKey.of("a/link"), bytes(3, 5));
    assertThat(read(store, ObjectKey.of("a/link")).orElseThrow()).isEqualTo(bytes(3, 5));
    assertThat(outside.resolve("secret")).hasBinaryContent(bytes(2, 20));
    assertThat(outside).isDirectoryNotContaining("glob:**/new");
  }

  @Test
  void theDirectoryItselfMayBeALink() throws Exception {
    var real = Files.createDirectory(disk.resolve("real"));
    var link = Files.createSymbolicLink(disk.resolve("link"), real);
    try (var linked = LocalBackend.open("linked", link)) {
      put(linked, ObjectKey.of("a/b"), bytes(1, 10));
      assertThat(keys(linked, "")).containsExactly("a/b");
      assertThat(real.resolve("a/b")).exists();
    }
  }

  @Test
  void filesThatAreNoObjectsAreLeftAlone() throws Exception {
    put(store, ObjectKey.of("a/b"), bytes(1, 10));
    Files.createFile(root.resolve("a/.hidden"));
    Files.createFile(root.resolve("a/with space"));
    Files.createFile(root.resolve("a/ä"));
    Files.createDirectories(root.resolve(".git/objects/ab"));
    Files.createFile(root.resolve(".git/objects/ab/cd"));
    Files.createFile(Files.createDirectory(root.resolve("lost+found")).resolve("x"));
    assertThat(keys(store, "")).containsExactly("a/b");
  }

  @Test
  void aPipeInThePlaceOfAnObjectHoldsNobodyUp() throws Exception {
    put(store, ObjectKey.of("a/b"), bytes(1, 10));
    assumeTrue(Mount.run("mkfifo", root.resolve("a/pipe").toString()), "there is no mkfifo");
    assertThat(store.get(ObjectKey.of("a/pipe"), ByteRange.ALL, soon())).isEmpty();
    assertThat(keys(store, "")).containsExactly("a/b");
  }

  @Test
  void aDirectoryOfManyIsListedInPagesThatKeepFew() throws Exception {
    put(store, ObjectKey.of("m/z"), bytes(1, 10));
    // Mostly empty directories, so that the first entries are not enough for a page.
    var names = IntStream.range(0, 5000).mapToObj("m/%05d"::formatted).toList();
    for (var name : names) {
      Files.createDirectory(root.resolve(name));
    }
    Files.createFile(root.resolve("m/02500/x"));
    Files.createFile(root.resolve("m/04999/x"));
    for (int limit : new int[] {1, 2, 3, 5000}) {
      assertThat(list(store, "m/", limit))
          .extracting(info -> info.key().text())
          .containsExactly("m/02500/x", "m/04999/x", "m/z");
    }
  }

  /** Java copies what it writes from the heap, and keeps the memory for that with the thread. */
  @Test
  void longPiecesPassWithoutBeingCopiedAsAWhole() {
    var small = List.of("-Xmx200m", "-XX:+UseSerialGC");
    var other = disk.resolve("other");
    try (var fork = new Fork(List.of(), small, "long", other, 100L << 20)) {
      assertThat(fork.line()).isEqualTo("got " + (100L << 20));
      assertThat(Long.parseLong(fork.line())).isLessThan(32 << 10);
    }
  }
}
