package io.raic.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README of the chart, its values and its schema tell of the same names. */
class ValuesTest {
  private static final String TOLD = "# -- ";
  private static final Pattern NAME = Pattern.compile("( *)([A-Za-z]+):.*");

  private static final String TEXT = Project.read(Project.CHART.resolve("values.yaml"));
  private static final Tree VALUES = Tree.of(TEXT);

  /** Returns what values.yaml tells of each value, by the value's path. */
  private static Map<String, String> told() {
    var told = new LinkedHashMap<String, String>();
    var path = new ArrayList<String>();
    String comment = "";
    for (String line : TEXT.lines().toList()) {
      var name = NAME.matcher(line);
      if (line.strip().startsWith(TOLD)) {
        comment = line.strip().substring(TOLD.length());
      } else if (name.matches()) {
        int depth = name.group(1).length() / 2;
        path.subList(Math.min(depth, path.size()), path.size()).clear();
        path.add(name.group(2));
        if (!comment.isEmpty()) {
          told.put(String.join(".", path), comment);
        }
        comment = "";
      }
    }
    return told;
  }

  private static String row(String path, String comment) {
    var gson = new GsonBuilder().disableHtmlEscaping().create();
    String value = gson.toJson(VALUES.at((Object[]) path.split("\\.", -1)).json());
    return "| `%s` | `%s` | %s |".formatted(path, value, comment);
  }

  @Test
  void theReadmeHasEveryValueWithItsDefaultAndNoOther() {
    var rows = told().entrySet().stream().map(value -> row(value.getKey(), value.getValue()));
    var readme =
        Project.read(Project.CHART.resolve("README.md"))
            .lines()
            .filter(line -> line.matches("\\| `[a-zA-Z.]+` \\| `.*` \\|.*"));
    assertThat(String.join("\n", readme.toList())).isEqualTo(String.join("\n", rows.toList()));
  }

  @Test
  void everyValueIsTold() {
    var untold = new ArrayList<String>();
    collectUntold("", VALUES, told(), untold);
    assertThat(untold).isEmpty();
  }

  private static void collectUntold(
      String prefix, Tree tree, Map<String, String> told, List<String> untold) {
    for (String name : tree.map().keySet()) {
      String path = prefix + name;
      if (told.containsKey(path)) {
        continue;
      }
      if (tree.at(name).map().isEmpty()) {
        untold.add(path);
      } else {
        collectUntold(path + ".", tree.at(name), told, untold);
      }
    }
  }

  @Test
  void theSchemaKnowsEveryValue() {
    Tree schema = Tree.of(Project.read(Project.CHART.resolve("values.schema.json")));
    assertThat(told().keySet()).allSatisfy(path -> assertKnown(schema, path));
    assertThat(schema.at("properties").map().keySet())
        .containsAll(VALUES.map().keySet())
        .filteredOn(name -> !VALUES.map().containsKey(name))
        .containsExactly("global");
  }

  private static void assertKnown(Tree schema, String path) {
    Tree here = schema;
    for (String name : path.split("\\.", -1)) {
      if (here.at("additionalProperties").value() instanceof Map) {
        return;
      }
      here = here.at("properties", name);
      if (here.at("$ref").isThere()) {
        here = schema.at("definitions", here.at("$ref").text().replace("#/definitions/", ""));
      }
      assertThat(here.isThere()).describedAs(path).isTrue();
    }
  }
}
