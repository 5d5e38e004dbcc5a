package io.raic.cloud.testbed;

import java.net.URI;
import java.util.Map;

/**
 * The gateway of Ceph 16: an S3 server that has no code in common with {@link S3ProxyServer}, and
 * is older. It refuses trailing checksums, and {@code If-Match} on a write wants an ETag without
 * quotes. All objects are in memory. It speaks Swift (auth v1) as well.
 */
public final class RadosGatewayServer implements AutoCloseable {
  private static final String ACCESS_KEY = "RGWACCESS";
  private static final String SECRET_KEY = "RGWSECRET";
  private static final String BUCKET = "raic";
  private static final Shared<RadosGatewayServer> SHARED = new Shared<>(RadosGatewayServer::launch);

  private final Server server;

  private RadosGatewayServer(Server server) {
    this.server = server;
  }

  /** Returns the one that all tests share; nobody closes it. */
  public static RadosGatewayServer shared() {
    return SHARED.get();
  }

  private static RadosGatewayServer launch() {
    return new RadosGatewayServer(
        TestServer.start(
            "radosgw",
            4,
            Map.of("S3_ACCESS_KEY", ACCESS_KEY, "S3_SECRET_KEY", SECRET_KEY, "S3_BUCKET", BUCKET)));
  }

  /** Returns where it answers to S3; paths begin with the bucket. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Returns where Swift's auth v1 is. */
  public URI swiftAuthUrl() {
    return endpoint().resolve("/auth/v1.0");
  }

  /** Returns the id of the only key. */
  public String accessKey() {
    return ACCESS_KEY;
  }

  /** Returns its secret, which is the key of {@link #swiftUser} too. */
  public String secretKey() {
    return SECRET_KEY;
  }

  /** Returns who may use Swift. */
  public String swiftUser() {
    return "raic:swift";
  }

  /** Returns a bucket, which is Swift's container, that is there. */
  public String bucket() {
    return BUCKET;
  }

  @Override
  public void close() {
    server.close();
  }
}
