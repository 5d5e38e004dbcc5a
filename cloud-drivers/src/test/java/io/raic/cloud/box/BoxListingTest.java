package io.raic.cloud.box;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.list;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.ObjectKey;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoxListingTest {
  @Test
  void aFolderWithMoreThanAWindowIsListedInOrder() {
    try (var fake = new StoreOfFake()) {
      put(fake.store(), ObjectKey.of("shares/ab/first/0"), new byte[0]);
      var folder = fake.box.idOf(fake.box.idOf(fake.folder, "shares="), "ab=");
      int count = BoxWindow.MOST + 500;
      // From the last to the first: Box lists by age, and every window has to be put in order.
      for (int i = count; i > 0; i--) {
        fake.box.newFile(folder, "s%05d=0".formatted(i), new byte[0]);
      }
      fake.box.calls().clear();
      assertThat(list(fake.store(), "shares/ab/s", 1000))
          .extracting(info -> info.key().text())
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, count).mapToObj("shares/ab/s%05d/0"::formatted).toList());
      assertThat(fake.box.calls().ofTheApi()).isEqualTo(2 * 5);
    }
  }

  @Test
  void anObjectIsFoundThoughMoreFoldersAreBesideItsOwnThanAreRemembered() {
    try (var fake = new StoreOfFake();
        var another = fake.another()) {
      put(fake.store(), ObjectKey.of("first/a"), bytes(1, 5));
      for (int i = 0; i < BoxIds.MAX_NAMES; i++) {
        fake.box.newFolder(fake.folder, "d%05d=".formatted(i));
      }
      assertThat(read(another, ObjectKey.of("first/a")).orElseThrow()).isEqualTo(bytes(1, 5));
    }
  }

  @Test
  void aPageGoesOnThoughNothingOfTheListingIsRemembered() {
    try (var fake = new StoreOfFake();
        var another = fake.another()) {
      for (int i = 0; i < 20; i++) {
        put(fake.store(), ObjectKey.of("d/%d/f/%02d".formatted(i % 2, i)), new byte[0]);
      }
      var first = fake.store().list("", Optional.empty(), 13, soon());
      var rest = another.list("", first.next(), 100, soon());
      assertThat(first.objects()).hasSize(13);
      assertThat(rest.objects()).hasSize(7);
      assertThat(rest.objects().getFirst().key()).isGreaterThan(first.objects().getLast().key());
    }
  }

  @Test
  void whatPeoplePutThereIsNoObject() {
    try (var fake = new StoreOfFake()) {
      put(fake.store(), ObjectKey.of("a/b"), bytes(1, 5));
      fake.box.newFile(fake.folder, "Holiday.jpg", bytes(1, 9));
      fake.box.newFile(fake.folder, "a=b", bytes(1, 9));
      fake.box.newFile(fake.folder, ".hidden", bytes(1, 9));
      fake.box.newFile(fake.box.idOf(fake.folder, "a="), "x=y", bytes(1, 9));
      assertThat(keys(fake.store(), "")).containsExactly("a/b");
    }
  }

  @Test
  void aFolderThatSomebodyRemovedIsMadeAgain() {
    try (var fake = new StoreOfFake()) {
      var key = ObjectKey.of("shares/ab/abcd/0");
      put(fake.store(), key, bytes(1, 5));
      fake.box.removeFolder(fake.box.idOf(fake.folder, "shares="));
      assertThat(fake.store().stat(key, soon())).isEmpty();
      assertThat(read(fake.store(), key)).isEmpty();
      assertThat(keys(fake.store(), "shares/ab/abcd/")).isEmpty();
      assertThat(fake.store().delete(key, soon())).isFalse();

      put(fake.store(), key, bytes(2, 6));
      assertThat(read(fake.store(), key).orElseThrow()).isEqualTo(bytes(2, 6));
      fake.box.removeFolder(fake.box.idOf(fake.folder, "shares="));
      put(fake.store(), key, bytes(3, 7));
      assertThat(keys(fake.store(), "")).containsExactly(key.text());
    }
  }

  @Test
  void whatAnotherGatewayDoesIsSeen() {
    try (var fake = new StoreOfFake();
        var another = fake.another()) {
      var key = ObjectKey.of("shares/ab/abcd/0");
      put(fake.store(), key, bytes(1, 5));
      assertThat(another.delete(key, soon())).isTrue();
      assertThat(fake.store().stat(key, soon())).isEmpty();
      put(another, key, bytes(2, 6));
      assertThat(read(fake.store(), key).orElseThrow()).isEqualTo(bytes(2, 6));
      assertThat(another.delete(key, soon())).isTrue();
      put(another, key, bytes(3, 7));
      put(fake.store(), key, bytes(4, 8));
      assertThat(read(another, key).orElseThrow()).isEqualTo(bytes(4, 8));
      assertThat(keys(another, "")).hasSize(1);
    }
  }
}
