package io.raic.cloud.s3;

import io.raic.cloud.testbed.RadosGatewayServer;
import io.raic.cloud.testbed.S3ProxyServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A server of the protocol, and how a store of its own is configured on it. */
record S3Server(URI endpoint, String accessKey, String secretKey, String bucket) {
  static S3Server s3Proxy() {
    var server = S3ProxyServer.shared();
    return new S3Server(server.endpoint(), server.accessKey(), server.secretKey(), server.bucket());
  }

  static S3Server radosGateway() {
    var server = RadosGatewayServer.shared();
    return new S3Server(server.endpoint(), server.accessKey(), server.secretKey(), server.bucket());
  }

  InetSocketAddress address() {
    return new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
  }

  /** Returns the settings of an empty store. */
  Map<String, String> settings() {
    return settings(address());
  }

  /** Returns the settings of an empty store that is reached at {@code address}. */
  Map<String, String> settings(InetSocketAddress address) {
    var settings = new HashMap<String, String>();
    settings.put("endpoint", "http://127.0.0.1:" + address.getPort());
    settings.put("bucket", bucket);
    settings.put("prefix", "test/" + UUID.randomUUID());
    settings.put("access-key-id", accessKey);
    settings.put("secret-access-key", secretKey);
    return settings;
  }

  /** Returns the settings of a store that is reached at {@code address} and there already. */
  Map<String, String> settings(InetSocketAddress address, Map<String, String> there) {
    var settings = settings(address);
    settings.put("prefix", Objects.requireNonNull(there.get("prefix")));
    return settings;
  }
}
