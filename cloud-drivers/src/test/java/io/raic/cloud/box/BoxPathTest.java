package io.raic.cloud.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxPathTest {
  @Test
  void aShareIsInTheFolderOfItsTwoCharacters() {
    assertThat(BoxPath.of(ObjectKey.of("shares/ab/abcd/0")))
        .isEqualTo(new BoxPath(List.of("shares=", "ab="), "abcd=0"));
    assertThat(BoxPath.certain("shares/ab/abcd/")).containsExactly("shares/", "ab/");
    assertThat(BoxPath.certain("shares/ab/")).containsExactly("shares/", "ab/");
    assertThat(BoxPath.certain("shares/a")).containsExactly("shares/");
    assertThat(BoxPath.certain("shares")).isEmpty();
    assertThat(BoxPath.certain("")).isEmpty();
  }

  @Test
  void capitalsAreNotTheirSmallLetters() {
    assertThat(BoxPath.of(ObjectKey.of("A/b"))).isEqualTo(new BoxPath(List.of("^a="), "b"));
  }

  /** Keys of about every length around those at which they are cut. */
  private static String key(Random random) {
    var key = new StringBuilder();
    for (int parts = 1 + random.nextInt(4); parts > 0; parts--) {
      int length = 1 + random.nextInt(random.nextBoolean() ? 3 : 124);
      for (int i = 0; i < length && key.length() < ObjectKey.MAX_CHARACTERS - 5; i++) {
        key.append(i == 0 ? "aA".charAt(random.nextInt(2)) : "aA.-_0".charAt(random.nextInt(6)));
      }
      key.append('/');
    }
    return key.append('x').toString();
  }

  private static String place(BoxPath path) {
    return String.join("|", path.folders()) + "|" + path.name();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noTwoKeysHaveOnePlaceThoughCaseIsFolded(long seed) {
    var random = new Random(seed);
    var places = new HashMap<String, String>();
    for (int i = 0; i < 500 * seed; i++) {
      String key = key(random);
      var path = BoxPath.of(ObjectKey.of(key));
      String folded = place(path).toUpperCase(Locale.ROOT);
      assertThat(places.getOrDefault(folded, key)).isEqualTo(key);
      places.put(folded, key);
      var names = new ArrayList<>(path.folders());
      names.add(path.name());
      assertThat(names)
          .allSatisfy(name -> assertThat(name).hasSizeBetween(1, 255).isEqualTo(name.strip()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theNamesOnTheWayAreTheKey(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      String key = key(random);
      var path = BoxPath.of(ObjectKey.of(key));
      var text = new StringBuilder();
      path.folders().forEach(name -> text.append(BoxPath.pieceOfFolder(name).orElseThrow()));
      text.append(BoxPath.pieceOfFile(path.name()).orElseThrow());
      assertThat(text).hasToString(key);

      String prefix = key.substring(0, random.nextInt(key.length()));
      var certain = BoxPath.certain(prefix).stream().map(BoxPath::folderName).toList();
      assertThat(path.folders().subList(0, certain.size())).isEqualTo(certain);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "aB", "^", "^a^", "^1", "x y", "=+", "+", "ä", "a+b"})
  void aNameThatIsNoneOfOursIsNoKey(String name) {
    assertThat(BoxPath.pieceOfFile(name).filter(ObjectKey::isValid)).isEmpty();
  }
}
