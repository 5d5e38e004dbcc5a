package io.raic.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts ask for what gateways tell, and say what to do. */
class MonitoringTest {
  /** What a gateway tells at /actuator/prometheus, and its labels. */
  private static final Set<String> METRICS =
      Set.of(
          "raic_provider_circuit_state",
          "raic_provider_operation_seconds_bucket",
          "raic_provider_operation_seconds_count",
          "raic_provider_operation_seconds_sum",
          "raic_provider_errors_total",
          "raic_provider_bytes_total",
          "raic_provider_stored_bytes",
          "raic_provider_stored_bytes_limit",
          "raic_provider_requests_used",
          "raic_provider_requests_limit",
          "raic_provider_credentials_end_seconds",
          "raic_files",
          "raic_catalog_missed_total",
          "raic_write_quorum",
          "raic_database_up",
          "raic_read_quorum",
          "raic_extra_requests_total",
          "raic_repairs_total",
          "raic_verify_failures_total",
          "raic_memory_budget_bytes",
          "raic_memory_budget_used_bytes",
          "raic_transfers_running",
          "raic_transfer_bytes_total",
          "raic_token_quota_bytes",
          "raic_token_stored_bytes",
          "http_server_requests_seconds_count");

  private static final Set<String> LABELS =
      Set.of(
          "provider",
          "kind",
          "state",
          "operation",
          "outcome",
          "error",
          "direction",
          "redundancy",
          "token",
          "status",
          "le",
          // Prometheus and Kubernetes add these.
          "instance",
          "pod",
          "node",
          "container",
          "endpoint",
          "job");

  private static final Pattern NAME = Pattern.compile("\\b(raic|http)_[a-z_]+");
  private static final Pattern GROUPED = Pattern.compile("\\b(?:by|without) \\(([^)]*)\\)");
  private static final Pattern SELECTED = Pattern.compile("[{,]([a-z_]+)=~?\"");

  private static final String ALERTS = Project.read(Project.CHART.resolve("files/alerts.yaml"));
  private static final String DASHBOARD =
      Project.read(Project.CHART.resolve("files/dashboard.json"));
  private static final Path RUNBOOKS = Project.ROOT.resolve("docs/runbooks");

  private static final String ENABLED =
      "monitoring: {serviceMonitor: {enabled: true}, prometheusRule: {enabled: true, runbooks:"
          + " \"https://wiki.example.net/r/\"}, dashboard: {enabled: true}}";

  private static List<Tree> alerts() {
    return Tree.of(ALERTS).at("groups").list().stream()
        .flatMap(group -> group.at("rules").list().stream())
        .toList();
  }

  private static List<Tree> panels() {
    return Tree.of(DASHBOARD).at("panels").list();
  }

  private static List<String> expressions() {
    var expressions = new ArrayList<String>();
    alerts().forEach(alert -> expressions.add(alert.at("expr").text()));
    for (Tree panel : panels()) {
      panel.at("targets").list().forEach(target -> expressions.add(target.at("expr").text()));
    }
    return expressions;
  }

  @Test
  void everyMetricIsOneThatGatewaysTell() {
    var asked =
        expressions().stream()
            .flatMap(expression -> NAME.matcher(expression).results())
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    assertThat(METRICS).containsAll(asked);
    assertThat(asked)
        .containsAll(METRICS.stream().filter(metric -> !metric.endsWith("_seconds_sum")).toList());
  }

  @Test
  void everyLabelIsOneThatThereIs() {
    var labels =
        expressions().stream()
            .flatMap(expression ->
                Stream.concat(
                    GROUPED.matcher(expression).results(), SELECTED.matcher(expression).results()))
            .flatMap(match -> Stream.of(match.group(1).split(", ", -1)));
    assertThat(labels).isNotEmpty().allSatisfy(label -> assertThat(LABELS).contains(label));
  }

  @Test
  void everyAlertHasARunbookThatTellsAllFourThings() {
    assertThat(alerts())
        .hasSizeGreaterThanOrEqualTo(12)
        .allSatisfy(alert -> {
          String name = alert.at("alert").text();
          String url = alert.at("annotations", "runbook_url").text();
          assertThat(url).startsWith("docs/runbooks/").endsWith(".md");
          assertThat(Project.read(Project.ROOT.resolve(url)))
              .contains("Alert `" + name + "`.")
              .contains("## Meaning", "## Impact", "## What to look at", "## What to do");
          assertThat(Project.read(RUNBOOKS.resolve("README.md")))
              .contains("[`" + name + "`](" + url.replace("docs/runbooks/", "") + ")");
          assertThat(alert.at("labels", "severity").text()).isIn("warning", "critical");
          assertThat(alert.at("annotations", "summary").text()).isNotEmpty();
          assertThat(alert.at("annotations", "description").text()).isNotEmpty();
        });
    assertThat(alerts()).extracting(alert -> alert.at("alert").text()).doesNotHaveDuplicates();
  }

  @Test
  void noRunbookIsWithoutItsAlert() throws IOException {
    try (var files = Files.list(RUNBOOKS)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.equals("README.md"))
          .allSatisfy(name -> assertThat(ALERTS).contains("docs/runbooks/" + name));
    }
  }

  @Test
  void theRuleIsTheFileWithTheRunbooksWhereTheyAre() {
    Tree spec = Chart.of(ENABLED).the("PrometheusRule").at("spec");
    assertThat(spec)
        .isEqualTo(Tree.of(ALERTS.replace("docs/runbooks/", "https://wiki.example.net/r/")));
  }

  @Test
  void theJobIsTheOneThatTheAlertsLookFor() {
    var chart = Chart.of(ENABLED);
    Tree spec = chart.the("ServiceMonitor").at("spec");
    assertThat(spec.at("endpoints", 0, "path").text()).isEqualTo("/actuator/prometheus");
    assertThat(spec.at("endpoints", 0, "relabelings", 0, "replacement").text()).isEqualTo("raic");
    assertThat(ALERTS).contains("up{job=\"raic\"}");
    Tree service = chart.the("Service", "one-raic-management");
    assertThat(service.at("metadata", "labels").map().entrySet())
        .containsAll(spec.at("selector", "matchLabels").map().entrySet());
    assertThat(chart.the("Service", "one-raic").at("metadata", "labels").map())
        .doesNotContainKey("raic.io/service");
    assertThat(service.at("spec", "ports").named("management").isThere()).isTrue();
  }

  @Test
  void theDashboardIsTheFile() {
    Tree map = Chart.of(ENABLED).the("ConfigMap", "one-raic-dashboard");
    assertThat(map.at("data", "raic.json").text()).isEqualTo(DASHBOARD);
    assertThat(map.at("metadata", "labels", "grafana_dashboard").text()).isEqualTo("1");
  }

  @Test
  void panelsHaveTheirOwnIdsAndPlaces() {
    assertThat(panels()).extracting(panel -> panel.at("id").value()).doesNotHaveDuplicates();
    assertThat(panels())
        .extracting(
            panel -> panel.at("gridPos", "x").text() + "," + panel.at("gridPos", "y").text())
        .doesNotHaveDuplicates();
    assertThat(panels())
        .filteredOn(panel -> !panel.at("type").text().equals("row"))
        .hasSizeGreaterThan(20)
        .allSatisfy(panel -> {
          assertThat(panel.at("title").text()).isNotEmpty();
          assertThat(panel.at("datasource", "uid").text()).isEqualTo("${datasource}");
          assertThat(panel.at("targets").list()).isNotEmpty();
        });
  }

  @Test
  void nothingOfItIsThereUnlessAskedFor() {
    assertThat(Chart.of("{}").objects())
        .extracting(object -> object.at("kind").text())
        .doesNotContain("ServiceMonitor", "PrometheusRule");
  }
}
