package io.raic.cloud.swift;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.testbed.SwiftServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** How tests configure the driver: each time with a path that nobody has used. */
final class SwiftSettings {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private SwiftSettings() {}

  static Map<String, String> tempAuth(SwiftServer server) {
    return Map.of(
        "auth-url", server.authUrl().toString(),
        "username", server.user(),
        "password", server.key(),
        "container", server.container(),
        "prefix", prefix());
  }

  static Map<String, String> password(SwiftServer server) {
    return Map.of(
        "auth-url", server.keystoneUrl().toString(),
        "username", server.keystoneUser(),
        "password", server.keystonePassword(),
        "project-name", server.keystoneUser(),
        "region-name", server.keystoneRegion(),
        "container", server.container(),
        "prefix", prefix());
  }

  static Map<String, String> applicationCredential(SwiftServer server) {
    return Map.of(
        "auth-url", server.keystoneUrl().toString(),
        "application-credential-id", server.credentialId(),
        "application-credential-secret", server.credentialSecret(),
        "region-name", server.keystoneRegion(),
        "container", server.container(),
        "prefix", prefix());
  }

  static String prefix() {
    return "test%d-%d".formatted(ProcessHandle.current().pid(), NUMBER.incrementAndGet());
  }

  /** Returns {@code settings} with one more, or another value of one. */
  static Map<String, String> with(Map<String, String> settings, String name, String value) {
    var changed = new HashMap<>(settings);
    changed.put(name, value);
    return changed;
  }

  static CloudBackend open(Map<String, String> settings) {
    return Backends.open(Driver.SWIFT, "test", settings);
  }

  static InetSocketAddress address(URI url) {
    return new InetSocketAddress(url.getHost(), url.getPort());
  }

  static String through(InetSocketAddress proxy, URI url) {
    return "http://%s:%d%s".formatted("127.0.0.1", proxy.getPort(), url.getRawPath());
  }
}
