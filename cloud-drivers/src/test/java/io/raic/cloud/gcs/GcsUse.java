package io.raic.cloud.gcs;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.gcs.fake.GcsFake;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import java.util.HashMap;
import java.util.Map;

/** How the tests of this package open a store on a fake. */
final class GcsUse {
  static final String BUCKET = "raic-test";

  private GcsUse() {}

  /** Returns a fake with a bucket. */
  static GcsFake fake() {
    var fake = GcsFake.start();
    fake.createBucket(BUCKET);
    return fake;
  }

  /** Opens the bucket with some settings, for better or worse. */
  static CloudBackend open(GcsFake fake, Map<String, String> more) {
    var settings = new HashMap<>(Map.of("bucket", BUCKET, "endpoint", fake.endpoint()));
    settings.putAll(more);
    return Backends.open(Driver.GCS, "gcs", settings);
  }

  /** Opens the bucket with a service account. */
  static CloudBackend open(GcsFake fake) {
    return open(fake, Map.of("credentials", fake.serviceAccount()));
  }
}
