package io.raic.gateway.system;

import io.raic.cloud.registry.Driver;
import io.raic.cloud.testbed.S3ProxyServer;
import io.raic.cloud.wire.TestCertificate;
import io.raic.cloud.wire.TlsFront;
import io.raic.gateway.http.Scratch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Five places on one S3Proxy, each with a wire of its own, the first and the second with TLS. */
final class FiveBuckets implements AutoCloseable {
  /** What a step may take. */
  static final Duration STEP = Duration.ofSeconds(30);

  private static final String RUN = "five-buckets/" + ProcessHandle.current().pid();

  private final Path directory = Scratch.directory("five-buckets");
  private final S3ProxyServer server = S3ProxyServer.shared();
  private final TestCertificate certificate = new TestCertificate();
  private final TlsFront tls =
      new TlsFront(
          certificate,
          new InetSocketAddress(server.endpoint().getHost(), server.endpoint().getPort()));
  private final List<Cloud> all = new ArrayList<>();

  FiveBuckets() {
    var byTls = URI.create("https://127.0.0.1:" + tls.address().getPort());
    for (int i = 0; i < 5; i++) {
      all.add(bucket("bucket" + i, i < 2 ? byTls : server.endpoint()));
    }
  }

  private Cloud bucket(String id, URI endpoint) {
    return new Cloud(
        id,
        Driver.S3,
        endpoint,
        address ->
            Map.of(
                "endpoint", address,
                "bucket", server.bucket(),
                "prefix", RUN + "/" + id,
                "access-key-id", server.accessKey(),
                "secret-access-key", server.secretKey()));
  }

  Cloud get(int number) {
    return all.get(number % all.size());
  }

  /** Lets everything pass again. */
  void clear() {
    all.forEach(cloud -> cloud.wire().clear());
  }

  /** Starts a gateway over them that trusts their certificate. */
  GatewayProcess startGateway() throws IOException {
    Path config = directory.resolve("raic.yaml");
    Files.writeString(
        config,
        """
        raic:
          waits:
            step: %ds
            stall: 5s
          circuits:
            probe-interval: 1s
          providers:
        """
                .formatted(STEP.toSeconds())
            + all.stream().map(Cloud::yaml).collect(Collectors.joining()));
    var start = new GatewayProcess.Start();
    certificate.javaOptions().forEach(start::javaOption);
    return start.config(config).data(directory.resolve("data")).now();
  }

  @Override
  public void close() {
    all.forEach(Cloud::close);
    tls.close();
    certificate.close();
  }
}
