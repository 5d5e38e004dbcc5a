package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RaicTest {
  private static final String KEY = "hah7mxwfpqemm7icdh3hwsa5fa";

  @Test
  void helpTeachesCommandsExamplesAndExitCodes() {
    for (String asked : new String[] {"help", "--help", "-h"}) {
      var result = new RaicRun().run(asked);
      assertThat(result.code()).isZero();
      assertThat(result.err()).isEmpty();
      assertThat(result.text())
          .contains("serve", "put", "get", "check", "cap", "encode", "decode")
          .contains("Examples:", "Exit codes:", "  3 ", "  130 ", "RAIC_URL");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "put", "get", "check", "cap", "encode", "decode"})
  void everyCommandHasHelpWithExamples(String command) {
    var result = new RaicRun().run(command, "--help");
    assertThat(result.code()).isZero();
    assertThat(result.text()).contains("Usage: raic " + command, "Examples:", "  raic " + command);
    assertThat(new RaicRun().run("help", command).text()).isEqualTo(result.text());
    assertThat(result.text().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void versionIsAResult() {
    var result = new RaicRun().run("--version");
    assertThat(result.code()).isZero();
    assertThat(result.text()).startsWith("raic ").contains("Java").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "foo",
        "put",
        "put a b",
        "put --foo a",
        "get --timeout x",
        "encode a",
        "check --foo"
      })
  void aWrongCommandLineIsOneLineThatNamesTheHelp(String line) {
    var result = new RaicRun().run((Object[]) line.split(" +"));
    assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("raic: ").contains("see: raic help").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "put CAP",
        "put FILE CAP",
        "get CAP CAP",
        "get CAP --url nonsense",
        "get CAP --url http://127.0.0.1:1",
        "get VERIFY",
        "check CAP extra",
        "check CAP --url http://127.0.0.1:1",
        "cap CAPx",
        "cap --CAP",
        "CAP",
        "encode CAP DIR",
        "decode CAP /nowhere",
        "decode CAP",
        "serve CAP",
        "serve --config CAP"
      })
  void noErrorShowsACapability(String line) {
    String words =
        line.replace("CAP", CapTest.EXAMPLE)
            .replace("VERIFY", CapTest.EXAMPLE.replace("CHK", "CHK-Verifier"));
    var result = new RaicRun().withEnvironment("RAIC_DEBUG", "1").run((Object[]) words.split(" "));
    assertThat(result.code()).isNotZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("raic: ").doesNotContain(KEY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get x | this is no capability: a capability begins with URI: and its kind",
        "get URI:CHK:x | this is no capability: URI:CHK: want 5 fields, got 1",
        "get VERIFY | a URI:CHK-Verifier capability checks and repairs, and cannot read",
        "decode VERIFY /tmp | decode rebuilds immutable files, URI:CHK and URI:LIT, not URI:CHK-Verifier",
      })
  void errorsNameTheKindOfACapability(String line, String message) {
    String words = line.replace("VERIFY", CapTest.EXAMPLE.replace("CHK", "CHK-Verifier"));
    assertThat(new RaicRun().run((Object[]) words.split(" ")).err())
        .isEqualTo("raic: " + message + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "'%s'",
        "GET /uri/%s?x",
        "one argument too many: %s; see: raic help get",
        "%s, %s",
        "x%sx\n%s"
      })
  void whateverSurroundsACapabilityNothingOfItIsShown(String message) {
    for (String kind :
        new String[] {
          "CHK:", "chk:", "DIR2-CHK:", "DIR2-MDMF-Verifier:", "SSK-RO:", "new:", "", ":"
        }) {
      String cap = CapTest.EXAMPLE.replace("CHK:", kind);
      for (String written : new String[] {cap, cap.replace(":", "%3A"), cap.replace(":", "%3a")}) {
        assertThat(ErrorReport.oneLine(message.replace("%s", written)))
            .contains("[redacted]")
            .doesNotContain(KEY)
            .doesNotContain("6epvxt2u");
      }
    }
    assertThat(ErrorReport.oneLine("in URI:LIT:mfra, DIR2-LIT")).doesNotContain("mfra");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get CAP -o ~ | --output: the name is empty; see: raic help get",
        "decode CAP ~ | DIR: the name is empty",
        "put ~ | FILE: the name is empty; see: raic help put",
        "encode ~ - | FILE: the name is empty; see: raic help encode",
        "encode x ~ | DIR: the name is empty; see: raic help encode",
        "serve --data ~ | --data: the name is empty; see: raic help serve",
        "encode -k abc x - | -k: abc is no whole number; see: raic help encode",
        "encode -k 6 x - | -k 6 and -n 5 do not go together: want 1 <= k <= n <= 256",
        "get CAP --url 127.0.0.1:1 | the gateway's URL must look like http://127.0.0.1:3456",
      })
  void aWrongArgumentIsNamed(String line, String message) {
    Object[] words = line.replace("CAP", CapTest.EXAMPLE).replace("~", "EMPTY").split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].equals("EMPTY") ? "" : words[i];
    }
    var result = new RaicRun().run(words);
    assertThat(result.err()).isEqualTo("raic: " + message + "\n");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void aStackTraceIsShownOnlyOnRequest() {
    assertThat(new RaicRun().run("put", "/no/such/file").err())
        .isEqualTo("raic: cannot read /no/such/file: no such file\n");
    assertThat(new RaicRun().withEnvironment("RAIC_DEBUG", "1").run("put", "/no/such/file").err())
        .contains("\tat io.raic");
  }

  @Test
  void errorsAreOneLineWithoutTerminalControls() {
    assertThat(ErrorReport.oneLine("a\nb\r\u001b[31mc\u0000 URI%3ACHK%3Akey d"))
        .isEqualTo("a b [31mc URI%3ACHK%3A[redacted] d");
    assertThat(ErrorReport.oneLine("x".repeat(100_000))).hasSizeLessThan(1000);
  }

  @Test
  void aClosedStandardOutputIsPassedOverInSilence() {
    var result = new RaicRun().runInto(failing("Broken pipe"), "cap", CapTest.EXAMPLE);
    assertThat(result.code()).isEqualTo(ExitCode.OUTPUT_CLOSED.number());
    assertThat(result.err()).isEmpty();
  }

  @Test
  void aLostResultIsAnError() {
    var result = new RaicRun().runInto(failing("No space left on device"), "cap", CapTest.EXAMPLE);
    assertThat(result.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(result.err())
        .isEqualTo("raic: cannot write to standard output: No space left on device\n");
  }

  static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }
}
