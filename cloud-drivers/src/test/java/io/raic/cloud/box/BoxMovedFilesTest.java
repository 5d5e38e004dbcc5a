package io.raic.cloud.box;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that a person moved keeps its id, and is no object any more. */
class BoxMovedFilesTest {
  private static final ObjectKey KEY = ObjectKey.of("mutable/ab/abcd");

  @AutoClose private final StoreOfFake fake = new StoreOfFake();
  private final String elsewhere = fake.box.newFolder("elsewhere");

  private String idOf(String name, String... folders) {
    String folder = fake.folder;
    for (String inside : folders) {
      folder = fake.box.idOf(folder, inside);
    }
    return fake.box.idOf(folder, name);
  }

  private void writeAndMove() {
    put(fake.store(), KEY, bytes(1, 10));
    fake.box.moveFile(idOf("abcd", "mutable=", "ab="), elsewhere);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, BoxUpload.PART_BYTES + 5})
  void whatIsWrittenIsWhereItIsLookedFor(int size) {
    writeAndMove();
    var info = put(fake.store(), KEY, bytes(2, size));
    assertThat(fake.store().stat(KEY, soon())).contains(info);
    try (var another = fake.another()) {
      assertThat(read(another, KEY).orElseThrow()).isEqualTo(bytes(2, size));
    }
    assertThat(fake.box.idOf(elsewhere, "abcd")).isNotEqualTo(idOf("abcd", "mutable=", "ab="));
  }

  @Test
  void theOneThatTookItsPlaceIsReplaced() {
    writeAndMove();
    try (var another = fake.another()) {
      put(another, KEY, bytes(2, 10));
      put(fake.store(), KEY, bytes(3, 10));
      assertThat(read(another, KEY).orElseThrow()).isEqualTo(bytes(3, 10));
    }
  }

  @Test
  void aVersionOfItIsNotReplaced() {
    var first = put(fake.store(), KEY, bytes(1, 10));
    fake.box.moveFile(idOf("abcd", "mutable=", "ab="), elsewhere);
    assertThatThrownBy(
            () -> put(fake.store(), KEY, bytes(2, 10), new Precondition.Matches(first.version())))
        .isInstanceOf(BackendException.PreconditionFailed.class);
    assertThat(keys(fake.store(), "")).isEmpty();
  }

  @Test
  void oneThatIsMovedInTheMiddleOfALongWriteIsNotAcknowledged() {
    put(fake.store(), KEY, bytes(1, 10));
    byte[] bytes = bytes(2, BoxUpload.PART_BYTES + 5);
    try (var upload = fake.store().begin(KEY, bytes.length, Precondition.none(), soon())) {
      upload.write(bytes, 0, bytes.length);
      fake.box.moveFile(idOf("abcd", "mutable=", "ab="), elsewhere);
      assertThatThrownBy(upload::commit).isInstanceOf(BackendException.Unavailable.class);
    }
    put(fake.store(), KEY, bytes);
    assertThat(read(fake.store(), KEY).orElseThrow()).isEqualTo(bytes);
  }

  @Test
  void itIsNotRemovedNorPurged() {
    writeAndMove();
    assertThat(fake.store().delete(KEY, soon())).isFalse();
    assertThat(fake.box.idOf(elsewhere, "abcd")).isNotEmpty();
    assertThat(fake.box.calls().of("delete")).isZero();
  }

  @Test
  void theOneThatTookItsPlaceIsRemoved() {
    writeAndMove();
    try (var another = fake.another()) {
      put(another, KEY, bytes(2, 10));
      assertThat(fake.store().delete(KEY, soon())).isTrue();
      assertThat(another.stat(KEY, soon())).isEmpty();
    }
    assertThat(fake.box.idOf(elsewhere, "abcd")).isNotEmpty();
  }
}
