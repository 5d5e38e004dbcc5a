package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenOptionTest {
  private static final String TOKEN = "raic_" + "b3".repeat(26);

  @TempDir private Path directory;

  @Test
  void theTokenOfTheEnvironmentOrAFileIsSentWithEveryRequest() throws IOException {
    var file = Files.writeString(directory.resolve("token"), TOKEN + "\n");
    try (var gateway = new FakeGateway(FakeGateway.text(200, CapTest.EXAMPLE))) {
      new RaicRun()
          .withInput("x")
          .withEnvironment("RAIC_TOKEN", TOKEN)
          .run("put", "--url", gateway.url(), "-");
      new RaicRun()
          .withEnvironment("RAIC_TOKEN", "another")
          .run("check", "--url", gateway.url(), "--token-file", file, CapTest.EXAMPLE);
      new RaicRun().withInput("x").run("put", "--url", gateway.url(), "-");
      var sent =
          gateway.requests().stream()
              .map(request -> String.valueOf(request.headers().getFirst("Authorization")))
              .toList();
      assertThat(sent).containsExactly("Bearer " + TOKEN, "Bearer " + TOKEN, "null");
    }
  }

  @Test
  void whatCannotBeATokenIsNotSentAndNotShown() throws IOException {
    var file = Files.writeString(directory.resolve("token"), "two words");
    var result = new RaicRun().withInput("x").run("put", "--token-file", file, "-");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(result.err()).isEqualTo("raic: there is no token in %s\n".formatted(file));
    var missing = new RaicRun().run("put", "--token-file", directory.resolve("none"), "-");
    assertThat(missing.err()).contains("cannot read the token from");
  }

  @Test
  void aRefusalSaysWhereATokenGoesAndShowsNone() throws IOException {
    try (var gateway = new FakeGateway(FakeGateway.text(401, "no: " + TOKEN))) {
      var result = new RaicRun().withInput("x").run("put", "--url", gateway.url(), "-");
      assertThat(result.code()).isEqualTo(ExitCode.FAILED.number());
      assertThat(result.err()).contains("RAIC_TOKEN", "--token-file").doesNotContain(TOKEN);
    }
  }

  @Test
  void aGatewayIsBelievedByTheCertificatesOfAFile() throws IOException {
    var certificate = TestCertificate.of("gateway", directory);
    TestCertificate.of("stranger", directory).writeTo(directory);
    var stranger = directory.resolve("certificate.pem");
    var trusted = Files.writeString(directory.resolve("ca.pem"), certificate.certificate());
    try (var gateway =
        FakeGateway.withTls(certificate, FakeGateway.text(200, CapTest.EXAMPLE + "\n"))) {
      var option =
          new RaicRun()
              .withInput("x")
              .run("put", "--url", gateway.url(), "--ca-file", trusted, "-");
      assertThat(option.text()).isEqualTo(CapTest.EXAMPLE + "\n");
      var variable =
          new RaicRun()
              .withInput("x")
              .withEnvironment("RAIC_URL", gateway.url())
              .withEnvironment("RAIC_CA_FILE", trusted.toString())
              .run("put", "-");
      assertThat(variable.code()).isZero();
      for (Object[] words :
          new Object[][] {
            {"put", "--url", gateway.url(), "-"},
            {"put", "--url", gateway.url(), "--ca-file", stranger, "-"}
          }) {
        var refused = new RaicRun().withInput("x").run(words);
        assertThat(refused.code()).isEqualTo(ExitCode.UNAVAILABLE.number());
        assertThat(refused.err()).startsWith("raic: no secure connection").hasLineCount(1);
      }
      assertThat(gateway.requests()).hasSize(2);
    }
  }

  @Test
  void certificatesThatCannotBeReadAreNamed() throws IOException {
    var empty = Files.createFile(directory.resolve("empty.pem"));
    for (Object file : new Object[] {empty, directory.resolve("none.pem")}) {
      var result = new RaicRun().withInput("x").run("put", "--ca-file", file, "-");
      assertThat(result.code()).isEqualTo(ExitCode.FAILED.number());
      assertThat(result.err()).contains(file.toString()).hasLineCount(1);
    }
  }
}
