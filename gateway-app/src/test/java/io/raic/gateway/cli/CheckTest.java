package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {
  private static final String HEALTHY = found(5, true, true, "");
  private static final String UNHEALTHY =
      found(3, false, true, "[\"store-4\",\"5mwuz5yxisqrnhtrsljs7wkyb4\",3]");
  private static final String LOST = found(2, false, false, "");

  private static String found(int good, boolean healthy, boolean recoverable, String corrupt) {
    return """
    {"storage-index": "5mwuz5yxisqrnhtrsljs7wkyb4", "summary": "…", "results": {
      "healthy": %b, "recoverable": %b, "count-shares-good": %d, "count-shares-needed": 3,
      "count-shares-expected": 5, "list-corrupt-shares": [%s],
      "sharemap": {"0": ["store-1"], "10": ["store-3"], "2": ["store-2", "store\\u001b-5"]}}}
    """
        .formatted(healthy, recoverable, good, corrupt);
  }

  private static String repaired(String before, String after, boolean successful) {
    return """
    {"storage-index": "5mwuz5yxisqrnhtrsljs7wkyb4", "repair-attempted": true,
     "repair-successful": %b, "pre-repair-results": %s, "post-repair-results": %s}
    """
        .formatted(successful, before, after);
  }

  private static RaicRun.Result check(String json, Object... args) throws IOException {
    try (var gateway = new FakeGateway(FakeGateway.text(200, json))) {
      var words = new Object[args.length + 3];
      words[0] = "check";
      words[1] = "--url";
      words[2] = gateway.url();
      System.arraycopy(args, 0, words, 3, args.length);
      return new RaicRun().run(words);
    }
  }

  @Test
  void aHealthyFileHasASummaryAndExitCodeZero() throws IOException {
    var result = check(HEALTHY, CapTest.EXAMPLE);
    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.text())
        .isEqualTo(
            """
            healthy: 5 of 5 shares found, 3 needed
              share 0: store-1
              share 2: store-2, store -5
              share 10: store-3
            """);
  }

  @Test
  void missingAndCorruptSharesAreNamed() throws IOException {
    var result = check(UNHEALTHY, "--verify", CapTest.EXAMPLE);
    assertThat(result.code()).isEqualTo(ExitCode.UNHEALTHY.number());
    assertThat(result.text())
        .startsWith("unhealthy, but readable: 3 of 5 shares verified, 3 needed\n")
        .contains("  corrupt: share 3 on store-4\n");
  }

  @Test
  void aLostFileHasAnExitCodeOfItsOwn() throws IOException {
    var result = check(LOST, CapTest.EXAMPLE);
    assertThat(result.code()).isEqualTo(ExitCode.UNRECOVERABLE.number());
    assertThat(result.text()).startsWith("unrecoverable: 2 of 5 shares found");
  }

  @Test
  void aRepairIsJudgedByWhatIsThereAfterwards() throws IOException {
    var good = check(repaired(UNHEALTHY, HEALTHY, true), "--repair", CapTest.EXAMPLE);
    assertThat(good.code()).isZero();
    assertThat(good.text()).startsWith("healthy").endsWith("\nrepaired\n");
    var bad = check(repaired(UNHEALTHY, UNHEALTHY, false), "--repair", CapTest.EXAMPLE);
    assertThat(bad.code()).isEqualTo(ExitCode.UNHEALTHY.number());
    assertThat(bad.text()).endsWith("\nthe repair failed\n");
  }

  @Test
  void aLiteralIsAlwaysHealthy() throws IOException {
    var result =
        check(
            "{\"storage-index\": \"\", \"results\": {\"healthy\": true}}", "URI:LIT:krugkidfnzsc4");
    assertThat(result.code()).isZero();
    assertThat(result.text()).isEqualTo("healthy\n");
  }

  @Test
  void jsonIsPassedOnAsItCame() throws IOException {
    var result = check(UNHEALTHY, "--json", CapTest.EXAMPLE);
    assertThat(result.text()).isEqualTo(UNHEALTHY);
    assertThat(result.code()).isEqualTo(ExitCode.UNHEALTHY.number());
  }

  @Test
  void optionsBecomeParametersForVerifyCapsToo() throws IOException {
    String verifier = CapTest.EXAMPLE.replace("CHK", "CHK-Verifier");
    try (var gateway = new FakeGateway(FakeGateway.text(200, HEALTHY))) {
      new RaicRun().run("check", "--url", gateway.url(), verifier);
      new RaicRun().run("check", "--verify", "--repair", "--url", gateway.url(), verifier);
      String path = "POST /uri/" + verifier.replace(":", "%3A") + "?t=check&output=JSON";
      assertThat(gateway.requests())
          .extracting(FakeGateway.Request::line)
          .containsExactly(path, path + "&verify=true&repair=true");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"results\": 3}", "<html>", "null"})
  void anythingElseIsNoResult(String answer) throws IOException {
    var result = check(answer, CapTest.EXAMPLE);
    assertThat(result.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).isEqualTo("raic: the gateway's answer is no check result\n");
  }

  @Test
  void aRepairHasVerifiedEveryByte() throws IOException {
    assertThat(check(repaired(UNHEALTHY, HEALTHY, true), "--repair", CapTest.EXAMPLE).text())
        .startsWith("healthy: 5 of 5 shares verified");
  }
}
