package io.raic.cloud.gcs;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import java.time.Duration;
import java.util.Map;

/** Probes a bucket with the credentials of its environment, in a process of its own. */
final class GcsProbe {
  private GcsProbe() {}

  /**
   * Prints "ok", or what is wrong.
   *
   * @param arguments the endpoint and the bucket
   */
  public static void main(String[] arguments) {
    var settings = Map.of("endpoint", arguments[0], "bucket", arguments[1]);
    try (var store = Backends.open(Driver.GCS, "gcs", settings)) {
      store.probe(Deadline.in(Duration.ofSeconds(60)));
      System.out.println("ok");
    } catch (BackendException e) {
      System.out.println(e.getMessage());
    }
  }
}
