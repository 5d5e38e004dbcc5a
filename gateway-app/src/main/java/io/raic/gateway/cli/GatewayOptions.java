package io.raic.gateway.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which gateway a command talks to, and how patiently. */
final class GatewayOptions {
  static final String DEFAULT_URL = "http://127.0.0.1:3456";
  private static final int MAX_TIMEOUT_SECONDS = 86_400;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The gateway (else RAIC_URL, else " + DEFAULT_URL + ").")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Give up when nothing moves for so long (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds = 120;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = {
        "Believe the certificates in FILE, PEM, and no others (else those of RAIC_CA_FILE, else"
            + " those that Java believes)."
      })
  private Optional<Path> caFile = Optional.empty();

  @Mixin private final TokenOption token = new TokenOption();

  /** Returns a client for the gateway. */
  GatewayClient client(Stdio stdio) throws Failure {
    if (timeoutSeconds < 1 || timeoutSeconds > MAX_TIMEOUT_SECONDS) {
      throw Failure.usage(
          "--timeout is 1 to %d seconds, not %d".formatted(MAX_TIMEOUT_SECONDS, timeoutSeconds));
    }
    String environment = stdio.environment().getOrDefault("RAIC_URL", "");
    String given = url.orElse(environment.isEmpty() ? DEFAULT_URL : environment);
    return new GatewayClient(
        parse(given),
        token.read(stdio),
        trust(stdio),
        Duration.ofSeconds(timeoutSeconds),
        stdio.nanoClock());
  }

  private Optional<SSLContext> trust(Stdio stdio) throws Failure {
    String environment = stdio.environment().getOrDefault("RAIC_CA_FILE", "");
    var file = caFile.or(() -> Optional.of(environment).filter(e -> !e.isEmpty()).map(Path::of));
    return file.isPresent() ? Optional.of(Trust.in(file.get())) : Optional.empty();
  }

  private static Failure noUrl() {
    return Failure.usage("the gateway's URL must look like " + DEFAULT_URL);
  }

  private static URI parse(String text) throws Failure {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException _) {
      throw noUrl();
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
      throw noUrl();
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw Failure.usage("the gateway's URL has a user, a query or a fragment: none is used");
    }
    return uri;
  }
}
