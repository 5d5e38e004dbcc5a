package io.raic.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who can reach a gateway, and whom it can reach. */
class NetworkTest {
  static Stream<Path> examples() {
    return Project.examples().stream();
  }

  private static Tree policy(Chart chart) {
    return chart.the("NetworkPolicy").at("spec");
  }

  private static List<Object> ports(List<Tree> rules) {
    return rules.stream()
        .flatMap(rule -> rule.at("ports").list().stream())
        .<Object>map(port -> port.at("port").text())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void whatIsNotAllowedIsForbiddenInBothDirections(Path example) {
    var chart = Chart.ofExample(example);
    assertThat(policy(chart).at("policyTypes").value()).isEqualTo(List.of("Ingress", "Egress"));
    assertThat(policy(chart).at("podSelector").value())
        .isEqualTo(chart.the("Deployment").at("spec", "selector").value());
    // A rule without ports would allow all of them.
    assertThat(Stream.of("ingress", "egress").flatMap(way -> policy(chart).at(way).list().stream()))
        .allSatisfy(rule -> assertThat(rule.at("ports").list()).isNotEmpty());
  }

  @Test
  void theManagementPortIsForMonitoringAndTheTestOnly() {
    var chart = Chart.of("{}");
    Tree rule = policy(chart).at("ingress", 1);
    assertThat(ports(List.of(rule))).containsExactly("management");
    assertThat(rule.at("from").list()).hasSize(2);
    assertThat(chart.the("Pod").at("metadata", "labels").map().entrySet())
        .containsAll(rule.at("from", 0, "podSelector", "matchLabels").map().entrySet());
    assertThat(rule.at("from", 1).value())
        .isEqualTo(
            Map.of(
                "namespaceSelector",
                Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", "monitoring"))));
  }

  @Test
  void withoutPostgresqlItsPortIsForbidden() {
    assertThat(ports(policy(Chart.of("{}")).at("egress").list()))
        .containsExactly("53", "53", "443");
    assertThat(ports(policy(Chart.of(Chart.POSTGRESQL)).at("egress").list()))
        .containsExactly("53", "53", "5432", "443");
  }

  @Test
  void theAddressesOfTheCloudsCredentialsAreForbidden() {
    Tree rule = policy(Chart.of("{}")).at("egress", 1);
    assertThat(rule.at("to", 0, "ipBlock", "except").value()).isEqualTo(List.of("169.254.0.0/16"));
  }

  @Test
  void itCanBeDoneWithout() {
    assertThat(Chart.of("{networkPolicy: {enabled: false}}").kind("NetworkPolicy")).isEmpty();
  }

  @Test
  void theManagementPortIsInNoServiceThatUsersReach() {
    var chart = Chart.of("{service: {type: LoadBalancer, port: 443}}");
    Tree service = chart.the("Service", "one-raic").at("spec");
    assertThat(service.at("ports").list())
        .singleElement()
        .satisfies(port -> assertThat(port.at("targetPort").text()).isEqualTo("http"));
    assertThat(chart.the("Service", "one-raic-management").at("spec", "type").text())
        .isEqualTo("ClusterIP");
  }

  @Test
  void anIngressLeadsToTheGateway() {
    var chart = Chart.of("{ingress: {enabled: true, hosts: [{host: raic.example.net}]}}");
    Tree rule = chart.the("Ingress").at("spec", "rules", 0);
    assertThat(rule.at("host").text()).isEqualTo("raic.example.net");
    assertThat(rule.at("http", "paths", 0, "backend", "service").value())
        .isEqualTo(Map.of("name", "one-raic", "port", Map.of("number", 3456)));
  }

  @Test
  void aRouteLeadsToTheGatewayAndHasNoTimeLimit() {
    var chart = Chart.of("{httpRoute: {enabled: true, parentRefs: [{name: public}]}}");
    Tree rule = chart.the("HTTPRoute").at("spec", "rules", 0);
    assertThat(rule.at("backendRefs").value())
        .isEqualTo(List.of(Map.of("name", "one-raic", "port", 3456)));
    assertThat(rule.at("timeouts", "request").text()).isEqualTo("0s");
  }
}
