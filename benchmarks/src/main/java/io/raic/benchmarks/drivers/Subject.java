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
