package io.raic.cloud.resilience;

import io.raic.cloud.Deadline;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a provider may be asked for at most; each is a limit of its own, and what is empty has none.
 *
 * @param connections downloads and other calls that read, and as many uploads and other calls that
 *     write, at a time
 * @param requestsPerSecond in the long run, of an upload one for each part and two more; {@link
 *     #BURST_SECONDS} of it may come at once
 * @param bytesPerSecond read and written together, in the long run; {@link #BURST_SECONDS} of it
 *     may come at once
 * @param requestsPerMonth of the calendar, in UTC; counted about, see {@link RequestBudget}
 * @param maxBytes that are stored; counted about, see {@link StoredBytes}
 */
public record ProviderLimits(
    int connections,
    OptionalDouble requestsPerSecond,
    OptionalLong bytesPerSecond,
    OptionalLong requestsPerMonth,
    OptionalLong maxBytes) {
  /** What a store that was idle takes at once. */
  public static final int BURST_SECONDS = 5;

  /** Enough for a hundred slow clients, and no more than a system has files for. */
  public static final int DEFAULT_CONNECTIONS = 128;

  /** A few connections, nothing else. */
  public static final ProviderLimits NONE =
      new ProviderLimits(
          DEFAULT_CONNECTIONS,
          OptionalDouble.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());

  /** Refuses limits below which nothing can work. */
  public ProviderLimits {
    require(connections >= 1, "connections: want at least 1");
    require(
        requestsPerSecond.isEmpty()
            || (requestsPerSecond.getAsDouble() >= 0.01
                && requestsPerSecond.getAsDouble() <= 1_000_000),
        "requests-per-second: want 0.01 to 1000000");
    require(
        bytesPerSecond.isEmpty() || bytesPerSecond.getAsLong() >= Deadline.MIN_BYTES_PER_SECOND,
        "bytes-per-second: want at least " + Deadline.MIN_BYTES_PER_SECOND);
    require(
        requestsPerMonth.isEmpty() || requestsPerMonth.getAsLong() >= 1,
        "requests-per-month: want at least 1");
    require(maxBytes.isEmpty() || maxBytes.getAsLong() >= 0, "max-bytes: want at least 0");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Says whether counts have to be kept beyond the life of a process. */
  public boolean needLedger() {
    return requestsPerMonth.isPresent() || maxBytes.isPresent();
  }
}
