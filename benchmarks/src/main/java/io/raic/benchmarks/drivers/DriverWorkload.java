package io.raic.benchmarks.drivers;

import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import java.time.Duration;

/** A driver, used as the gateway does: pieces in, pieces out. */
final class DriverWorkload implements Workload {
  /** The one object. */
  static final ObjectKey KEY = ObjectKey.of("shares/ab/object/0");

  private static final Duration STEP = Duration.ofSeconds(30);

  private final CloudBackend store;
  private final byte[] piece = new byte[PIECE_BYTES];

  DriverWorkload(CloudBackend store) {
    this.store = store;
  }

  @Override
  public void put() {
    var deadline = Deadline.in(STEP);
    try (var upload = store.begin(KEY, OBJECT_BYTES, Precondition.none(), deadline)) {
      for (int done = 0; done < OBJECT_BYTES; done += PIECE_BYTES) {
        upload.write(piece, 0, PIECE_BYTES);
      }
      upload.commit();
    }
  }

  @Override
  public void get() {
    long got = 0;
    try (var download = store.get(KEY, ByteRange.ALL, Deadline.in(STEP)).orElseThrow()) {
      for (int n = 0; n >= 0; n = download.read(piece, 0, PIECE_BYTES)) {
        got += n;
      }
    }
    if (got != OBJECT_BYTES) {
      throw new IllegalStateException("%d bytes came".formatted(got));
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
