package io.raic.cloud.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * OpenStack Swift with one copy of everything: TempAuth (auth v1), and Keystone (v3) where it is
 * asked for. The same container is there behind both; they are different accounts.
 */
public final class SwiftServer implements AutoCloseable {
  private static final int PORTS = 7;
  private static final int REPLY_MILLIS = 10_000;
  private static final String CONTAINER = "raic";
  private static final Shared<SwiftServer> TEMP_AUTH =
      new Shared<>(() -> launch(Options.standard()));
  private static final Shared<SwiftServer> KEYSTONE =
      new Shared<>(() -> launch(Options.standard().withKeystone()));

  private final TestServer server;

  /**
   * How a server is.
   *
   * @param hasKeystone whether Keystone runs too
   * @param tokenLife how long a token is good
   * @param writesPerSecond that an account may make; 0 for any number
   * @param longestSleep by which the server delays a write beyond that; it refuses the others
   */
  public record Options(
      boolean hasKeystone, Duration tokenLife, int writesPerSecond, Duration longestSleep) {
    /** Returns TempAuth with tokens for a day, and no limit. */
    public static Options standard() {
      return new Options(false, Duration.ofDays(1), 0, Duration.ofSeconds(60));
    }

    /** Returns the same with Keystone. */
    public Options withKeystone() {
      return new Options(true, tokenLife, writesPerSecond, longestSleep);
    }

    /** Returns the same with other tokens. */
    public Options withTokenLife(Duration life) {
      return new Options(hasKeystone, life, writesPerSecond, longestSleep);
    }

    /** Returns the same with a limit. */
    public Options withLimit(int perSecond, Duration sleep) {
      return new Options(hasKeystone, tokenLife, perSecond, sleep);
    }
  }

  private SwiftServer(TestServer server) {
    this.server = server;
  }

  /** Returns the one with TempAuth only that all tests share; nobody closes it. */
  public static SwiftServer tempAuth() {
    return TEMP_AUTH.get();
  }

  /** Returns the one with Keystone that all tests share; nobody closes it. */
  public static SwiftServer keystone() {
    return KEYSTONE.get();
  }

  /** Starts one more, for the caller to close. */
  public static SwiftServer start(Options options) {
    return Presence.require(() -> launch(options));
  }

  private static SwiftServer launch(Options options) {
    return new SwiftServer(
        TestServer.start(
            "swift",
            PORTS,
            Map.of(
                "SWIFT_CONTAINER", CONTAINER,
                "SWIFT_KEYSTONE", options.hasKeystone() ? "yes" : "no",
                "SWIFT_TOKEN_SECONDS", String.valueOf(options.tokenLife().toSeconds()),
                "SWIFT_ACCOUNT_RATE", String.valueOf(options.writesPerSecond()),
                "SWIFT_MAX_SLEEP_SECONDS", String.valueOf(options.longestSleep().toSeconds()))));
  }

  /** Returns the URL of auth v1. */
  public URI authUrl() {
    return URI.create("http://127.0.0.1:%s/auth/v1.0".formatted(server.fact("PROXY")));
  }

  /** Returns the user of auth v1 with all rights. */
  public String user() {
    return "test:tester";
  }

  /** Returns the key of that user. */
  public String key() {
    return "testing";
  }

  /** Returns a user of auth v1 without rights. */
  public String powerlessUser() {
    return "test:reader";
  }

  /** Returns the key of the user without rights. */
  public String powerlessKey() {
    return "reading";
  }

  /** Returns the URL of Keystone. */
  public URI keystoneUrl() {
    return URI.create("http://127.0.0.1:%s/v3".formatted(server.fact("KEYSTONE")));
  }

  /** Returns the name of Keystone's user, and of its project. */
  public String keystoneUser() {
    return "raic";
  }

  /** Returns the password of that user. */
  public String keystonePassword() {
    return "raicpass";
  }

  /** Returns the domain of user and project. */
  public String keystoneDomain() {
    return "Default";
  }

  /** Returns the region of the catalog in which Swift is; nobody answers in "RegionTwo". */
  public String keystoneRegion() {
    return "RegionOne";
  }

  /** Returns the id of an application credential of that user, named "raic-key". */
  public String credentialId() {
    return server.fact("CREDENTIAL_ID");
  }

  /** Returns the secret of that application credential. */
  public String credentialSecret() {
    return server.fact("CREDENTIAL_SECRET");
  }

  /** Returns a container that is there. */
  public String container() {
    return CONTAINER;
  }

  /** Makes every token that was given out invalid, of either kind. */
  public void forgetTokens() {
    try {
      var keys = Path.of(server.fact("STATE"), "keystone", "fernet");
      if (Files.isDirectory(keys)) {
        for (String name : new String[] {"0", "1"}) {
          var key = new byte[32];
          new SecureRandom().nextBytes(key);
          Files.writeString(keys.resolve(name), Base64.getUrlEncoder().encodeToString(key));
        }
      }
      flushCache();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void flushCache() throws IOException {
    int port = Integer.parseInt(server.fact("MEMCACHED"));
    try (var memcached = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      memcached.setSoTimeout(REPLY_MILLIS);
      memcached.getOutputStream().write("flush_all\r\n".getBytes(StandardCharsets.US_ASCII));
      var reply = new String(memcached.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
      if (!reply.equals("OK\r\n")) {
        throw new IOException("memcached says " + reply);
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
