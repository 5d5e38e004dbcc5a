package io.raic.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that make no sense are refused before anything is made of them. */
class RefusalTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{replicaz: 1}",
        "{gateway: {neded: 3}}",
        "{gateway: {auth: {mode: none}}}",
        "{gateway: {grace: soon}}",
        "{gateway: {needed: 1}}",
        "{gateway: {settings: {port: 1}}}",
        "{gateway: {javaOptions: [\"-Xmx1g -Xms1g\"]}}",
        "{replicas: \"1\"}",
        "{replicas: -1}",
        "{image: {digest: latest}}",
        "{database: {url: \"jdbc:h2:mem\"}}",
        "{database: {url: \"jdbc:postgresql://db/raic?user=raic&password=secret\"}}",
        "{database: {password: secret}}",
        "{service: {type: ExternalName}}",
        "{service: {port: 70000}}",
        "{persistence: {size: large}}",
        "{networkPolicy: {clients: [{}]}}",
        "{podDisruptionBudget: {maxUnavailable: 0}}",
        "{providers: [{id: a, type: ftp}]}",
        "{providers: [{type: s3}]}",
        "{providers: [{id: a, type: s3, limits: {max-byte: 1TB}}]}",
        "{providers: [{id: a, type: s3, secrets: [{setting: password, key: a}]}]}",
        "{probes: {readiness: {path: /}}}",
      })
  void theSchemaRefuses(String values) {
    assertThatThrownBy(() -> Chart.of(values))
        .hasMessageContaining("values don't meet the specifications of the schema");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{replicas: 2} | replicas: more than one gateway needs PostgreSQL",
        "{autoscaling: {enabled: true}} | autoscaling.enabled: more than one gateway needs",
        "{terminationGracePeriodSeconds: 35} | must be more than preStopSeconds + gateway.grace",
        "{terminationGracePeriodSeconds: 60, gateway: {grace: 90}} | which are 95",
        "{gateway: {needed: 5}} | gateway.total: must be more than gateway.needed",
        "{gateway: {happy: 6}} | gateway.happy: must not be more than gateway.total",
        "{gateway: {auth: {mode: open}}} | open lets everybody in",
        "{management: {port: 3456}} | management.port: must differ",
        "{database: {url: 'jdbc:postgresql://db/raic'}} | name providers",
        "{gateway: {admin: {oidc: {issuer: 'https://a'}}}} | an issuer needs clientId",
        "{ingress: {enabled: true}} | ingress.hosts: name one",
        "{httpRoute: {enabled: true}} | httpRoute.parentRefs: name a Gateway",
        "{providers: [{id: a, type: s3}, {id: a, type: s3}]} | two have the id a",
      })
  void theChartRefuses(String values, String reason) {
    assertThatThrownBy(() -> Chart.of(values)).hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"secret-access-key", "secretAccessKey", "password", "account-key", "credentials"})
  void credentialsAreRefusedOutsideOfSecrets(String name) {
    String values = "{providers: [{id: a, type: s3, settings: {%s: hush-hush}}]}".formatted(name);
    assertThatThrownBy(() -> Chart.of(values))
        .hasMessageContaining("is a credential: put it into a Secret")
        .message()
        .doesNotContain("hush-hush");
  }

  @Test
  void openIsTakenWhenAskedForByName() {
    assertThat(
            Chart.of("{gateway: {auth: {mode: open, openAnywhere: true}}}")
                .configuration()
                .at("auth", "open-anywhere")
                .value())
        .isEqualTo(true);
  }

  /** Where the values of an object are free, Kubernetes or the gateway checks them. */
  private static final List<String> FREE =
      List.of("global", "kubernetes", "labels", "settings", "requests", "limits", "tolerations");

  @Test
  void everyObjectOfTheSchemaRefusesWhatItDoesNotName() {
    var open = new ArrayList<String>();
    collectOpen(
        "", "values", Tree.of(Project.read(Project.CHART.resolve("values.schema.json"))), open);
    assertThat(open).isEmpty();
  }

  private static void collectOpen(String path, String name, Tree schema, List<String> open) {
    boolean isClosed = Boolean.FALSE.equals(schema.at("additionalProperties").value());
    if (schema.at("type").text().equals("object") && !isClosed && !FREE.contains(name)) {
      open.add(path);
    }
    for (String group : List.of("properties", "definitions")) {
      schema
          .at(group)
          .map()
          .forEach((key, value) -> collectOpen(path + "." + key, key, new Tree(value), open));
    }
    if (schema.at("items").isThere()) {
      collectOpen(path + "[]", "items", schema.at("items"), open);
    }
  }
}
