package io.raic.cloud.contract;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.list;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects are listed in the order of their keys, in pages, by any beginning of a key. */
public interface ListingContract extends EmptyBackend {
  /** Keys whose order is not that of their parts: a slash is between a dot and a digit. */
  List<String> ORDERED =
      List.of(
          "a-b", "a-b.c", "a.b", "a/a", "a/b-c", "a/b.c", "a/b/c", "a/b/d", "a/b0", "a/c/d/e", "a0",
          "a0b/c", "aa", "b");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 13, 14, 15, 100_000})
  default void pagesOfAnySizeGiveTheSameKeysInOrder(int limit) {
    try (var store = emptyBackend()) {
      for (String key : ORDERED.reversed()) {
        put(store, ObjectKey.of(key), bytes(1, key.length()));
      }
      var listed = list(store, "", limit);
      assertThat(listed).extracting(info -> info.key().text()).containsExactlyElementsOf(ORDERED);
      for (ObjectInfo info : listed) {
        assertThat(store.stat(info.key(), soon())).contains(info);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a", "a/", "a/b", "a/b.", "a/b/", "a/b/c", "a/b/c/", "a/c", "a/c/d/", "a0", "b", "bb",
        "c", "/", "//", "a//", ".", "../", "a/../a", "A", "ä", "a\0", "a\0/"
      })
  default void everyBeginningOfKeysIsAPrefix(String prefix) {
    try (var store = emptyBackend()) {
      for (String key : ORDERED) {
        put(store, ObjectKey.of(key), new byte[0]);
      }
      var expected = ORDERED.stream().filter(key -> key.startsWith(prefix)).toList();
      for (int limit = 1; limit < 4; limit++) {
        assertThat(list(store, prefix, limit))
            .extracting(info -> info.key().text())
            .containsExactlyElementsOf(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  default void randomKeysAreListedInOrder(long seed) {
    try (var store = emptyBackend()) {
      var random = new Random(seed);
      var keys = new TreeSet<String>();
      for (int i = 0; i < 20 * seed; i++) {
        keys.add(key(random));
      }
      for (String key : keys) {
        put(store, ObjectKey.of(key), new byte[0]);
      }
      for (int i = 0; i < 10; i++) {
        String some = key(random);
        String prefix = some.substring(0, random.nextInt(some.length()));
        var expected = keys.stream().filter(key -> key.startsWith(prefix)).toList();
        assertThat(list(store, prefix, 1 + random.nextInt(40)))
            .extracting(info -> info.key().text())
            .containsExactlyElementsOf(expected);
      }
    }
  }

  /** Returns a key; its last part alone ends in _, so that no key is another's directory. */
  private static String key(Random random) {
    var key = new StringBuilder();
    for (int parts = random.nextInt(4); parts > 0; parts--) {
      key.append(part(random)).append('/');
    }
    return key.append(part(random)).append('_').toString();
  }

  private static String part(Random random) {
    var part = new StringBuilder("ab".substring(random.nextInt(2)).substring(0, 1));
    for (int more = random.nextInt(3); more > 0; more--) {
      part.append("-.0aZ".charAt(random.nextInt(5)));
    }
    return part.toString();
  }

  @Test
  default void aListingGoesOnAfterObjectsThatWereDeleted() {
    try (var store = emptyBackend()) {
      for (String key : ORDERED) {
        put(store, ObjectKey.of(key), new byte[0]);
      }
      var first = store.list("a", Optional.empty(), 7, soon());
      assertThat(first.next()).isPresent();
      for (ObjectInfo info : first.objects()) {
        store.delete(info.key(), soon());
      }
      var seen = first.objects().stream().map(info -> info.key().text());
      var rest = store.list("a", first.next(), 100, soon());
      assertThat(Stream.concat(seen, rest.objects().stream().map(info -> info.key().text())))
          .containsExactlyElementsOf(ORDERED.subList(0, ORDERED.size() - 1));
      assertThat(keys(store, "")).hasSize(ORDERED.size() - first.objects().size());
    }
  }

  @Test
  default void anEmptyStoreHasOneEmptyPage() {
    try (var store = emptyBackend()) {
      var page = store.list("", Optional.empty(), 10, soon());
      assertThat(page.objects()).isEmpty();
      assertThat(page.next()).isEmpty();
      assertThatThrownBy(() -> store.list("", Optional.empty(), 0, soon()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
