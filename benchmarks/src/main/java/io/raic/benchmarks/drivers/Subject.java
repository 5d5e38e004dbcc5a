package io.raic.benchmarks.drivers;

import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * What is measured: a client and the sink that it talks to. A driver is added as one more constant,
 * with a {@link Sink} of its protocol.
 */
enum Subject {
  /** Nothing but the HTTP client. */
  BARE {
    @Override
    Sink sink() {
      return new S3Sink();
    }

    @Override
    Workload open(URI address) {
      return new BareWorkload(address);
    }
  },
  /** S3, told to use the checksum that Amazon checks. */
  S3 {
    @Override
    Sink sink() {
      return new S3Sink();
    }

    @Override
    Workload open(URI address) {
      return driver(
          Driver.S3,
          Map.of(
              "endpoint", address.toString(),
              "bucket", "bucket",
              "checksum", "crc32c",
              "access-key-id", "someone",
              "secret-access-key", "nothing secret"));
    }
  },
  /** Azure, with a key of nobody. */
  AZURE {
    @Override
    Sink sink() {
      return new AzureSink();
    }

    @Override
    Workload open(URI address) {
      return driver(
          Driver.AZURE,
          Map.of(
              "endpoint", address + "/account",
              "container", "bucket",
              "account", "account",
              "account-key", "bm90aGluZyBzZWNyZXQ="));
    }
  },
  /** Google, with a token that nobody looks at. */
  GCS {
    @Override
    Sink sink() {
      return new GcsSink();
    }

    @Override
    Workload open(URI address) {
      return driver(
          Driver.GCS,
          Map.of("endpoint", address.toString(), "bucket", "bucket", "token", "nothing-secret"));
    }
  },
  /** Box, with limits that nobody reaches: waiting costs nothing. */
  BOX {
    @Override
    Sink sink() {
      return new BoxSink();
    }

    @Override
    Workload open(URI address) {
      return driver(
          Driver.BOX,
          Map.of(
              "api-address", address.toString(),
              "upload-address", address + "/api",
              "folder-id", "1",
              "client-id", "someone",
              "client-secret", "nothing secret",
              "enterprise-id", "1",
              "calls-per-minute", "10000000",
              "uploads-per-minute", "10000000"));
    }
  },
  /** Swift, by its own login. */
  SWIFT {
    @Override
    Sink sink() {
      return new SwiftSink();
    }

    @Override
    Workload open(URI address) {
      return driver(
          Driver.SWIFT,
          Map.of(
              "auth-url", address + SwiftSink.LOGIN,
              "container", "bucket",
              "username", "account:someone",
              "password", "nothing secret"));
    }
  },
  /** A directory, which has no server. */
  LOCAL {
    @Override
    Sink sink() {
      return _ -> Answer.of(501, Map.of());
    }

    @Override
    Workload open(URI address) {
      return new LocalWorkload();
    }
  };

  /** Returns a server of the protocol. */
  abstract Sink sink();

  /** Opens the client of the server at {@code address}. */
  abstract Workload open(URI address);

  private static Workload driver(Driver driver, Map<String, String> settings) {
    return new DriverWorkload(Backends.open(driver, "measured", settings));
  }

  static Subject named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
