package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapTest {
  /** Of the worked example in section 19 of the format. */
  static final String EXAMPLE =
      "URI:CHK:hah7mxwfpqemm7icdh3hwsa5fa"
          + ":6epvxt2uxh42obpnfn4wkrplqml7voh7aqpnqnapu7ffcyn2hk3q:3:10:56";

  private static final String EXAMPLE_VERIFIER =
      "URI:CHK-Verifier:5mwuz5yxisqrnhtrsljs7wkyb4"
          + ":6epvxt2uxh42obpnfn4wkrplqml7voh7aqpnqnapu7ffcyn2hk3q:3:10:56";

  private static final String MUTABLE_BODY =
      ":hah7mxwfpqemm7icdh3hwsa5fa:6epvxt2uxh42obpnfn4wkrplqml7voh7aqpnqnapu7ffcyn2hk3q";

  @Test
  void aReadCapIsExplainedWithItsVerifyCap() {
    var result = new RaicRun().run("cap", EXAMPLE);
    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.text())
        .isEqualTo(
            """
            kind           immutable file: reads
            k (needed)     3
            n (total)      10
            size           56 bytes
            storage index  5mwuz5yxisqrnhtrsljs7wkyb4
            read cap       %s
            verify cap     %s
            """
                .formatted(EXAMPLE, EXAMPLE_VERIFIER));
  }

  @Test
  void aVerifyCapHasNoReadCap() {
    assertThat(new RaicRun().run("cap", EXAMPLE_VERIFIER).text())
        .contains("checks and repairs", "verify cap     " + EXAMPLE_VERIFIER)
        .doesNotContain("read cap");
  }

  @Test
  void aLiteralHasASizeAndNoStorageIndex() {
    assertThat(new RaicRun().run("cap", "URI:LIT:krugkidfnzsc4").text())
        .isEqualTo(
            """
            kind           immutable file held by the capability itself: reads
            size           8 bytes
            read cap       URI:LIT:krugkidfnzsc4
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"URI:SSK", "URI:MDMF", "URI:DIR2", "URI:DIR2-MDMF"})
  void aWriteCapIsExplainedWithTheWeakerOnes(String kind) {
    var result = new RaicRun().run("cap", kind + MUTABLE_BODY);
    assertThat(result.code()).isZero();
    assertThat(result.text())
        .contains("reads and writes", "read cap       " + kind + "-RO:", kind + "-Verifier:")
        .contains(kind.contains("DIR2") ? "directory" : "file");
  }

  @Test
  void aCapCanComeFromStandardInputOrAFile(@TempDir Path directory) throws Exception {
    var file = Files.writeString(directory.resolve("cap"), EXAMPLE + "\n");
    String expected = new RaicRun().run("cap", EXAMPLE).text();
    assertThat(new RaicRun().withInput(EXAMPLE + "\r\n").run("cap", "-").text())
        .isEqualTo(expected);
    assertThat(new RaicRun().run("cap", "--cap-file", file).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "URI:", "URI:CHK:a:b:3:5:1", "URI:NEW:abc", "URI:LIT:1"})
  void whatIsNoCapIsAUsageErrorInOneLineThatDoesNotQuoteIt(String text) {
    var result = new RaicRun().run("cap", text);
    assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("raic: this is no capability: ").hasLineCount(1);
  }

  @Test
  void endlessInputIsRefusedUnread() {
    var result = new RaicRun().withInput("URI:LIT:" + "a".repeat(1 << 20)).run("cap", "-");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void noCapAndTwoCapsAreUsageErrors(@TempDir Path directory) {
    assertThat(new RaicRun().run("cap").code()).isEqualTo(ExitCode.USAGE.number());
    var both = new RaicRun().run("cap", EXAMPLE, "--cap-file", directory.resolve("cap"));
    assertThat(both.code()).isEqualTo(ExitCode.USAGE.number());
    var missing = new RaicRun().run("cap", "--cap-file", directory.resolve("cap"));
    assertThat(missing.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(missing.err()).contains("no such file");
  }
}
