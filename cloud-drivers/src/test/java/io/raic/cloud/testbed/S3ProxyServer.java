package io.raic.cloud.testbed;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * S3Proxy: S3 over a directory, with checked signatures of both versions, preconditions, ranges and
 * multipart uploads. Its {@code If-None-Match: *} is atomic among racing writers, its {@code
 * If-Match} is not. Paths begin with the bucket; every region is accepted.
 */
public final class S3ProxyServer implements AutoCloseable {
  private static final String ACCESS_KEY = "raicaccess";
  private static final String SECRET_KEY = "raicsecretkey";
  private static final String BUCKET = "raic";
  private static final Shared<S3ProxyServer> SHARED = new Shared<>(S3ProxyServer::launch);

  private final Server server;

  private S3ProxyServer(Server server) {
    this.server = server;
  }

  /** Returns the one that all tests share; nobody closes it. */
  public static S3ProxyServer shared() {
    return SHARED.get();
  }

  /** Starts one more, with objects of its own, for the caller to close. */
  public static S3ProxyServer start() {
    return Presence.require(S3ProxyServer::launch);
  }

  private static S3ProxyServer launch() {
    var inContainer =
        new Containers.Image(
            "andrewgaul/s3proxy:s3proxy-4.1.0",
            80,
            Map.of(
                "S3PROXY_ENDPOINT", "http://0.0.0.0:80",
                "S3PROXY_AUTHORIZATION", "aws-v2-or-v4",
                "S3PROXY_IDENTITY", ACCESS_KEY,
                "S3PROXY_CREDENTIAL", SECRET_KEY,
                "JCLOUDS_PROVIDER", "filesystem-nio2",
                "JCLOUDS_FILESYSTEM_BASEDIR", "/data"),
            List.of(),
            List.of("mkdir", "-p", "-m", "700", "/data/" + BUCKET));
    var settings =
        Map.of("S3_ACCESS_KEY", ACCESS_KEY, "S3_SECRET_KEY", SECRET_KEY, "S3_BUCKET", BUCKET);
    return new S3ProxyServer(
        Containers.start(inContainer).orElseGet(() -> TestServer.start("s3proxy", 1, settings)));
  }

  /** Returns where it answers. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Returns the id of the only key. */
  public String accessKey() {
    return ACCESS_KEY;
  }

  /** Returns its secret. */
  public String secretKey() {
    return SECRET_KEY;
  }

  /** Returns a bucket that is there. */
  public String bucket() {
    return BUCKET;
  }

  @Override
  public void close() {
    server.close();
  }
}
