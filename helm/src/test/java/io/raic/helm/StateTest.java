package io.raic.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a gateway keeps what it knows decides how many there may be. */
class StateTest {
  @Test
  void theEmbeddedDatabaseIsOnAVolumeThatOutlivesTheRelease() {
    var chart = Chart.of("{}");
    Tree claim = chart.the("PersistentVolumeClaim");
    assertThat(claim.at("metadata", "annotations").value())
        .isEqualTo(Map.of("helm.sh/resource-policy", "keep"));
    assertThat(chart.pod().at("volumes").named("data").at("persistentVolumeClaim", "claimName"))
        .isEqualTo(claim.at("metadata", "name"));
  }

  @Test
  void twoGatewaysNeverHaveTheEmbeddedDatabaseAtOnce() {
    assertThat(Chart.of("{}").the("Deployment").at("spec", "strategy").value())
        .isEqualTo(Map.of("type", "Recreate"));
  }

  @Test
  void aClaimThatIsThereIsUsed() {
    var chart = Chart.of("{persistence: {existingClaim: mine}}");
    assertThat(chart.kind("PersistentVolumeClaim")).isEmpty();
    assertThat(
            chart.pod().at("volumes").named("data").at("persistentVolumeClaim", "claimName").text())
        .isEqualTo("mine");
  }

  @Test
  void withPostgresqlThereMayBeManyAndNoneIsMissedInAnUpgrade() {
    var chart = Chart.of(Chart.POSTGRESQL + "replicas: 3\n");
    Tree spec = chart.the("Deployment").at("spec");
    assertThat(spec.at("replicas").value()).isEqualTo(3);
    assertThat(spec.at("strategy", "type").text()).isEqualTo("RollingUpdate");
    assertThat(spec.at("strategy", "rollingUpdate", "maxUnavailable").value()).isEqualTo(0);
    assertThat(chart.kind("PersistentVolumeClaim")).isEmpty();
    assertThat(chart.pod().at("volumes").named("data").at("emptyDir").isThere()).isTrue();
  }

  @Test
  void withPostgresqlTheirNumberCanFollowTheLoad() {
    var chart = Chart.of(Chart.POSTGRESQL + "autoscaling: {enabled: true, targetMemory: 80}\n");
    assertThat(chart.the("Deployment").at("spec", "replicas").isThere()).isFalse();
    Tree scaler = chart.the("HorizontalPodAutoscaler").at("spec");
    assertThat(scaler.at("scaleTargetRef", "name").text()).isEqualTo("one-raic");
    assertThat(scaler.at("metrics").list()).hasSize(2);
  }

  @Test
  void machinesCanBeEmptiedOneGatewayAtATime() {
    var chart = Chart.of("{}");
    Tree budget = chart.the("PodDisruptionBudget").at("spec");
    assertThat(budget.at("maxUnavailable").value()).isEqualTo(1);
    assertThat(budget.at("selector").value())
        .isEqualTo(chart.the("Deployment").at("spec", "selector").value());
  }
}
