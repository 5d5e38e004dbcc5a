package io.raic.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods keep to the standard "restricted", and end no transfer that could be finished. */
class PodTest {
  static Stream<Path> examples() {
    return Project.examples().stream();
  }

  private static Stream<Tree> pods(Chart chart) {
    return Stream.concat(Stream.of(chart.pod()), Stream.of(chart.the("Pod").at("spec")));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyPodIsRestricted(Path example) {
    assertThat(pods(Chart.ofExample(example)))
        .hasSize(2)
        .allSatisfy(pod -> {
          assertThat(pod.at("automountServiceAccountToken").value()).isEqualTo(false);
          assertThat(pod.at("hostNetwork").isThere()).isFalse();
          assertThat(pod.at("hostPID").isThere()).isFalse();
          assertThat(pod.at("hostIPC").isThere()).isFalse();
          Tree security = pod.at("securityContext");
          assertThat(security.at("runAsNonRoot").value()).isEqualTo(true);
          assertThat(security.at("runAsUser").value()).isEqualTo(65532);
          assertThat(security.at("runAsGroup").value()).isEqualTo(65532);
          assertThat(security.at("seccompProfile", "type").text()).isEqualTo("RuntimeDefault");
          assertThat(pod.at("initContainers").isThere()).isFalse();
          assertThat(pod.at("containers").list()).hasSize(1);
          Tree container = pod.at("containers", 0, "securityContext");
          assertThat(container.at("allowPrivilegeEscalation").value()).isEqualTo(false);
          assertThat(container.at("readOnlyRootFilesystem").value()).isEqualTo(true);
          assertThat(container.at("capabilities").value())
              .isEqualTo(Map.of("drop", List.of("ALL")));
          assertThat(container.at("privileged").isThere()).isFalse();
          assertThat(pod.at("containers", 0, "resources", "limits", "memory").isThere()).isTrue();
          assertThat(pod.at("volumes").list())
              .noneSatisfy(volume -> assertThat(volume.at("hostPath").isThere()).isTrue());
        });
  }

  @Test
  void nothingOnTheRootFileSystemHasToBeWritten() {
    var chart = Chart.of("{}");
    assertThat(chart.container().at("volumeMounts").named("tmp").at("mountPath").text())
        .isEqualTo("/tmp");
    assertThat(chart.pod().at("volumes").named("tmp").at("emptyDir").isThere()).isTrue();
    assertThat(chart.container().at("volumeMounts").named("data").at("mountPath").text())
        .isEqualTo(chart.configuration().at("data").text());
  }

  @ParameterizedTest
  @CsvSource({"startupProbe,/startupz", "livenessProbe,/livez", "readinessProbe,/readyz"})
  void eachProbeAsksTheManagementPort(String probe, String path) {
    var chart = Chart.of("{}");
    Tree get = chart.container().at(probe, "httpGet");
    assertThat(get.at("path").text()).isEqualTo(path);
    assertThat(get.at("port").text()).isEqualTo("management");
    assertThat(chart.container().at("ports").named("management").at("containerPort").value())
        .isEqualTo(chart.configuration().at("management", "port").value());
  }

  @ParameterizedTest
  @CsvSource({"{}, 80", "'{preStopSeconds: 0, gateway: {grace: 600}}', 645"})
  void aPodIsKilledLaterThanItsTransfersMayEnd(String values, int seconds) {
    var chart = Chart.of(values);
    assertThat(chart.pod().at("terminationGracePeriodSeconds").value()).isEqualTo(seconds);
    int grace =
        Integer.parseInt(chart.configuration().at("shutdown", "grace").text().replace("s", ""));
    assertThat(grace).isLessThan(seconds);
  }

  @Test
  void aTimeThatIsLongEnoughIsTaken() {
    assertThat(
            Chart.of("{terminationGracePeriodSeconds: 36}")
                .pod()
                .at("terminationGracePeriodSeconds")
                .value())
        .isEqualTo(36);
  }

  @Test
  void gatewaysAreSpreadOverZonesAndMachines() {
    var chart = Chart.of("{}");
    assertThat(chart.pod().at("topologySpreadConstraints").list())
        .extracting(rule -> rule.at("topologyKey").text())
        .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
    assertThat(chart.pod().at("topologySpreadConstraints", 0, "labelSelector").value())
        .isEqualTo(chart.the("Deployment").at("spec", "selector").value());
  }

  @Test
  void aDigestWinsOverATag() {
    String digest = "sha256:" + "a".repeat(64);
    assertThat(
            Chart.of("image: {tag: \"1\", digest: \"%s\"}".formatted(digest))
                .container()
                .at("image")
                .text())
        .isEqualTo("raic/gateway@" + digest);
  }

  @Test
  void theTestAsksTheManagementService() {
    var chart = Chart.of("{management: {port: 9000}}");
    Tree test = chart.the("Pod");
    assertThat(Project.read(Project.CHART.resolve("templates/tests/health.yaml")))
        .contains(Chart.HOOK);
    assertThat(test.at("spec", "containers", 0, "args", 0).text())
        .contains("http://one-raic-management:9000", "readyz");
    assertThat(chart.the("Service", "one-raic-management").at("spec", "ports", 0, "port").value())
        .isEqualTo(9000);
  }

  @Test
  void whatIsNotTheGatewayIsNotChosenByItsServices() {
    var chart = Chart.of("{}");
    var labels = chart.the("Pod").at("metadata", "labels").map();
    assertThat(chart.kind("Service"))
        .hasSize(2)
        .noneSatisfy(service ->
            assertThat(labels.entrySet())
                .containsAll(service.at("spec", "selector").map().entrySet()));
  }
}
