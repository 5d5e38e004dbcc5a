package io.raic.cloud.contract;

import io.raic.cloud.registry.Driver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A long object takes no more memory than a short one. */
public interface SmallHeapContract {
  /** The heap, which half the object does not fit into. */
  String HEAP = "-Xmx96m";

  /** How long the object is. */
  long BYTES = 200L << 20;

  /** Returns the driver. */
  Driver driver();

  /** Returns what it is configured with, for an empty store that nobody else uses. */
  Map<String, String> settings();

  @Test
  default void aLongObjectPassesASmallHeap() throws IOException, InterruptedException {
    Transfer.run(List.of(HEAP), driver(), settings(), BYTES);
  }
}
