package io.raic.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.marcnuri.helm.Helm;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Helm finds no fault with the chart, and Kubernetes none with what comes out of it. */
class ExamplesTest {
  /** Throws if an object has a field that its kind does not. */
  private interface Model {
    void check(JsonElement object) throws IOException;
  }

  private static final Map<String, Model> MODELS =
      Map.ofEntries(
          Map.entry("v1/ConfigMap", V1ConfigMap::validateJsonElement),
          Map.entry("v1/PersistentVolumeClaim", V1PersistentVolumeClaim::validateJsonElement),
          Map.entry("v1/Pod", V1Pod::validateJsonElement),
          Map.entry("v1/Service", V1Service::validateJsonElement),
          Map.entry("v1/ServiceAccount", V1ServiceAccount::validateJsonElement),
          Map.entry("apps/v1/Deployment", V1Deployment::validateJsonElement),
          Map.entry(
              "autoscaling/v2/HorizontalPodAutoscaler",
              V2HorizontalPodAutoscaler::validateJsonElement),
          Map.entry("networking.k8s.io/v1/Ingress", V1Ingress::validateJsonElement),
          Map.entry("networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy::validateJsonElement),
          Map.entry("policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement),
          // Kinds that are not Kubernetes' own: no published model, so the fields that are known.
          Map.entry(
              "gateway.networking.k8s.io/v1/HTTPRoute", fields("parentRefs", "hostnames", "rules")),
          Map.entry("monitoring.coreos.com/v1/ServiceMonitor", fields("selector", "endpoints")),
          Map.entry("monitoring.coreos.com/v1/PrometheusRule", fields("groups")));

  private static Model fields(String... names) {
    return object ->
        assertThat(Set.of(names))
            .containsAll(object.getAsJsonObject().getAsJsonObject("spec").keySet());
  }

  private static void check(Tree object) throws IOException {
    String kind = object.at("apiVersion").text() + "/" + object.at("kind").text();
    assertThat(MODELS).containsKey(kind);
    requireNonNull(MODELS.get(kind)).check(object.json());
  }

  static Stream<Path> examples() {
    return Project.examples().stream();
  }

  /** Puts an example's values over the chart's as Helm does. */
  private static Map<String, Object> merged(Tree below, Tree above) {
    var merged = below.map();
    above
        .map()
        .forEach((name, value) -> {
          Tree old = below.at(name);
          boolean bothMaps = old.value() instanceof Map && value instanceof Map;
          merged.put(name, bothMaps ? merged(old, new Tree(value)) : value);
        });
    return merged;
  }

  @Test
  void thereAreThreeExamples() {
    assertThat(examples().map(file -> file.getFileName().toString()))
        .containsExactly("air-gapped.yaml", "high-availability.yaml", "single-node.yaml");
  }

  @Test
  void theChartPassesTheStrictLint() {
    var result = new Helm(Project.CHART).lint().strict().call();
    assertThat(result.isFailed()).describedAs("%s", result.getMessages()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void eachExamplePassesTheStrictLint(Path example, @TempDir Path copy) throws IOException {
    Project.copyChart(copy.resolve("raic"));
    Path values = copy.resolve("raic/values.yaml");
    var all = merged(Tree.of(Project.read(values)), Tree.of(Project.read(example)));
    Files.writeString(values, new Yaml().dump(all));
    var result = new Helm(copy.resolve("raic")).lint().strict().call();
    assertThat(result.isFailed()).describedAs("%s", result.getMessages()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void kubernetesKnowsEveryFieldOfEveryObject(Path example) throws IOException {
    for (Tree object : Chart.ofExample(example).objects()) {
      check(object);
    }
  }

  @Test
  void withoutValuesKubernetesKnowsEveryFieldToo() throws IOException {
    for (Tree object : Chart.of("{}").objects()) {
      check(object);
    }
  }

  @ParameterizedTest
  @CsvSource({"revisionHistoryLimit", "terminationGracePeriodSeconds", "httpGet", "emptyDir"})
  void aFieldThatKubernetesDoesNotKnowIsFoundAtEveryDepth(String field) {
    String json = Chart.of("{}").the("Deployment").json().toString();
    assertThat(json).contains("\"" + field + "\"");
    var wrong = JsonParser.parseString(json.replace("\"" + field + "\"", "\"" + field + "z\""));
    assertThatThrownBy(() -> V1Deployment.validateJsonElement(wrong))
        .hasMessageContaining(field + "z");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void noTwoObjectsHaveOneName(Path example) {
    var names =
        Chart.ofExample(example).objects().stream()
            .map(object -> object.at("kind").text() + " " + object.at("metadata", "name").text())
            .toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void togetherTheExamplesHaveEveryKind() {
    var kinds =
        examples()
            .flatMap(example -> Chart.ofExample(example).objects().stream())
            .map(object -> object.at("apiVersion").text() + "/" + object.at("kind").text())
            .collect(Collectors.toSet());
    assertThat(kinds).isEqualTo(MODELS.keySet());
  }

  @Test
  void whatTheReleaseIsCalledStandsInEveryName() {
    List<String> names =
        Chart.of("{fullnameOverride: vault}").objects().stream()
            .map(object -> object.at("metadata", "name").text())
            .toList();
    assertThat(names).allSatisfy(name -> assertThat(name).startsWith("vault"));
  }
}
