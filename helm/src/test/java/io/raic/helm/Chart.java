package io.raic.helm;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the chart makes of some values, by Helm itself. */
record Chart(List<Tree> objects) {
  /** Values that more than one gateway needs. */
  static final String POSTGRESQL =
      """
      database: {url: "jdbc:postgresql://db:5432/raic", username: raic, existingSecret: db}
      providers:
        - {id: a, type: local, settings: {path: /mnt/a/raic/store}}
        - {id: b, type: local, settings: {path: /mnt/b/raic/store}}
        - {id: c, type: local, settings: {path: /mnt/c/raic/store}}
      """;

  /** What makes an object a hook. Helm's library leaves hooks out of what it renders. */
  static final String HOOK = "helm.sh/hook: test";

  /** The chart with its hooks as objects like the others. */
  private static final Path CHART = withHooks(Path.of("target/chart"));

  private static Path withHooks(Path to) {
    Project.copyChart(to);
    Path test = to.resolve("templates/tests/health.yaml");
    try {
      Files.writeString(test, Project.read(test).replace(HOOK, "was-hook: test"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return to;
  }

  /** Renders the chart with the values of a file. */
  static Chart ofExample(Path values) {
    String rendered =
        new Helm(CHART)
            .template()
            .withName("one")
            .withNamespace("storage")
            .withKubeVersion("1.34.0")
            .withValuesFile(values)
            .call();
    return new Chart(Tree.all(rendered));
  }

  /** Renders the chart with values as YAML. Throws what Helm says if it refuses them. */
  static Chart of(String values) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      try {
        Files.writeString(file, values);
        return ofExample(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Tree> kind(String kind) {
    return objects.stream().filter(object -> object.at("kind").text().equals(kind)).toList();
  }

  /** Returns the one object of a kind. */
  Tree the(String kind) {
    var found = kind(kind);
    if (found.size() != 1) {
      throw new AssertionError("%d objects of kind %s".formatted(found.size(), kind));
    }
    return found.getFirst();
  }

  /** Returns an object by its kind and name. */
  Tree the(String kind, String name) {
    return kind(kind).stream()
        .filter(object -> object.at("metadata", "name").text().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no %s %s".formatted(kind, name)));
  }

  /** Returns the specification of the gateway's pods. */
  Tree pod() {
    return the("Deployment").at("spec", "template", "spec");
  }

  Tree container() {
    return pod().at("containers", 0);
  }

  /** Returns the configuration file of the gateway. */
  Tree configuration() {
    return Tree.of(the("ConfigMap", "one-raic").at("data", "application.yaml").text()).at("raic");
  }
}
