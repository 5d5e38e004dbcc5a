package io.raic.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderYamlTest {
  private static final String SECRET = "hunter2hunter2";

  @Test
  void noListIsAnEmptyOne() {
    for (String text : List.of("", "# nothing\n", "providers:\n", "providers: []\n")) {
      assertThat(ProviderYaml.parse(text)).isEmpty();
    }
  }

  @Test
  void everyValueIsAText() {
    var entries =
        ProviderYaml.parse(
            """
            providers:
              - id: 007
                type: no
                bucket: 2026-01-01
                empty:
                limits: {bandwidth: 1e3, connections: 0x10}
            """);
    assertThat(entries)
        .containsExactly(
            new GivenSettings(
                Map.of(
                    "id", "007",
                    "type", "no",
                    "bucket", "2026-01-01",
                    "empty", "",
                    "limits.bandwidth", "1e3",
                    "limits.connections", "0x10")));
  }

  @Test
  void whatIsPrintedCanBeReadByPeople() {
    var given = new GivenSettings();
    given.put("id", "north");
    given.put("limits.bandwidth", "20MB");
    given.put("path", "/mnt/x");
    given.put("limits.connections", "8");
    assertThat(ProviderYaml.print(List.of(given)))
        .isEqualTo(
            """
            providers:
              - id: north
                path: /mnt/x
                limits:
                    bandwidth: 20MB
                    connections: '8'
            """);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whateverAValueIsItComesBack(long seed) {
    var random = new Random(seed);
    var entries = new ArrayList<GivenSettings>();
    for (int i = 0; i < seed; i++) {
      var entry = new GivenSettings();
      entry.put("id", "i" + i);
      for (int j = 0; j < seed; j++) {
        entry.put("name-" + j, text(random, (int) seed * 4));
      }
      entries.add(entry);
    }
    assertThat(ProviderYaml.parse(ProviderYaml.print(entries))).isEqualTo(entries);
  }

  private static String text(Random random, int length) {
    String letters = "ab 01:#-'\"{}[]&*!|>%@`,?~\n\t\\\ré€\ud83d\ude00";
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int at =
          letters.offsetByCodePoints(
              0, random.nextInt(letters.codePointCount(0, letters.length())));
      text.appendCodePoint(letters.codePointAt(at));
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- hunter2hunter2",
        "hunter2hunter2",
        "other: hunter2hunter2",
        "providers: hunter2hunter2",
        "providers: [hunter2hunter2]",
        "providers: [{id: [hunter2hunter2]}]",
        "providers: [{id: a, id: hunter2hunter2}]",
        "providers: [{? [hunter2hunter2] : x}]",
        "providers:\n  - id: a\n    key: @hunter2hunter2\n",
        "providers:\n  - id: a\n   key: hunter2hunter2\n",
        "providers: [{id: !!javax.script.ScriptEngineManager [hunter2hunter2]}]",
        "providers: [{id: !!binary hunter2hunter2}]",
        "providers: &a [*a, hunter2hunter2]",
        "providers: [{a: {b: {c: {d: {e: {f: {g: {h: {i: hunter2hunter2}}}}}}}}}]",
        "providers: [{id: \"hunter2hunter2\u0007\"}]",
        "--- a\n--- hunter2hunter2\n",
      })
  void anythingElseIsRefusedAndNotShown(String text) {
    assertThatThrownBy(() -> ProviderYaml.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain(SECRET);
  }

  @Test
  void aMistakeIsFoundByItsPlace() {
    assertThatThrownBy(() -> ProviderYaml.parse("providers:\n  - id: a\n   key: b\n"))
        .hasMessage("this is no YAML at line 3, column 4");
  }
}
