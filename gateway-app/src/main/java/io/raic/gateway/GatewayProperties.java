package io.raic.gateway;

import io.raic.cloud.resilience.CircuitPolicy;
import io.raic.crypto.share.Geometry;
import io.raic.gateway.grid.Limits;
import io.raic.gateway.provider.GivenSettings;
import io.raic.gateway.provider.ProviderBook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the gateway is configured with: the only reader of the settings under {@code raic}.
 *
 * @param address to listen on
 * @param port to listen on
 * @param hostNames names that clients know this gateway by, besides its address and localhost
 * @param data the directory of what the gateway itself keeps, and of the stores if none are given
 * @param needed shares that rebuild a file
 * @param total shares made of a file
 * @param happy how many stores must have a share of their own; one more than needed if not given
 * @param segmentSize how much is encoded at once
 * @param providers the entries of the stores, which others read
 * @param waits how long to wait for stores
 * @param circuits when a store counts as broken
 * @param transfers what transfers may use
 * @param cache of what was read from the stores
 * @param auth who may come in
 * @param database where the state is
 * @param catalog the list of stored files
 * @param admin the dashboard
 * @param management where the gateway is watched
 * @param tls of what the gateway listens on
 * @param shutdown how it ends
 * @param log how its lines look
 * @param tracing where traces go
 */
@ConfigurationProperties(prefix = "raic", ignoreUnknownFields = false)
public record GatewayProperties(
    @DefaultValue("127.0.0.1") String address,
    @DefaultValue("3456") int port,
    @DefaultValue List<String> hostNames,
    @DefaultValue("data") Path data,
    @DefaultValue("3") int needed,
    @DefaultValue("5") int total,
    Optional<Integer> happy,
    @DefaultValue("1MB") DataSize segmentSize,
    @DefaultValue List<GivenSettings> providers,
    @DefaultValue Waits waits,
    @DefaultValue Circuits circuits,
    @DefaultValue Transfers transfers,
    @DefaultValue Cache cache,
    @DefaultValue OperatorProperties.Auth auth,
    @DefaultValue OperatorProperties.State database,
    @DefaultValue OperatorProperties.Catalog catalog,
    @DefaultValue OperatorProperties.Admin admin,
    @DefaultValue OperatorProperties.Management management,
    @DefaultValue OperatorProperties.Tls tls,
    @DefaultValue OperatorProperties.Shutdown shutdown,
    @DefaultValue OperatorProperties.Log log,
    @DefaultValue OperatorProperties.Tracing tracing) {

  /** Copies the list and checks what nobody else does. */
  public GatewayProperties {
    hostNames = List.copyOf(hostNames);
    providers = List.copyOf(providers);
    require(
        segmentSize.toBytes() >= 1 && segmentSize.toBytes() <= Geometry.MAX_SEGMENT_BYTES,
        "segment-size is %d bytes: want 1 to %d"
            .formatted(segmentSize.toBytes(), Geometry.MAX_SEGMENT_BYTES));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /**
   * How long to wait for stores.
   *
   * @param step the longest one step of a store may take
   * @param hedge how long a share may take before another one is asked for as well, while it is not
   *     known what its store usually takes
   * @param stall how long a store may hold up an upload that cannot do without it
   * @param grace how long an upload that is safe waits for the other stores
   */
  public record Waits(
      @DefaultValue("30s") Duration step,
      @DefaultValue("500ms") Duration hedge,
      @DefaultValue("5s") Duration stall,
      @DefaultValue("250ms") Duration grace) {
    Limits limits() {
      return new Limits(step, hedge, stall, grace);
    }
  }

  /**
   * When a store counts as broken, and is not asked any more until it was seen to work.
   *
   * @param slowCall a call that takes longer is slow
   * @param failurePercent how many of the calls have to fail
   * @param slowPercent how many of them have to be slow
   * @param window how far back is looked
   * @param minimumCalls before a share of them says anything
   * @param probeInterval how long a broken store is left alone at most
   */
  public record Circuits(
      @DefaultValue("4s") Duration slowCall,
      @DefaultValue("50") int failurePercent,
      @DefaultValue("80") int slowPercent,
      @DefaultValue("60s") Duration window,
      @DefaultValue("5") int minimumCalls,
      @DefaultValue("30s") Duration probeInterval) {
    /** Checks that everything can happen. */
    public Circuits {
      var _ =
          new CircuitPolicy(
              slowCall, failurePercent, slowPercent, window, minimumCalls, probeInterval);
    }

    CircuitPolicy policy() {
      return new CircuitPolicy(
          slowCall, failurePercent, slowPercent, window, minimumCalls, probeInterval);
    }
  }

  /**
   * What transfers may use.
   *
   * @param memory for all together; half of the heap if not given
   * @param spoolMemory for an upload that has to be read twice, before it goes to a file
   * @param patience how long a transfer waits for memory before it is refused
   */
  public record Transfers(
      Optional<DataSize> memory,
      @DefaultValue("4MB") DataSize spoolMemory,
      @DefaultValue("30s") Duration patience) {
    private static final DataSize MAX_SPOOL_MEMORY = DataSize.ofGigabytes(1);

    /** Checks the sizes. */
    public Transfers {
      require(memory.map(m -> m.toBytes() > 0).orElse(true), "memory is not more than nothing");
      require(
          spoolMemory.toBytes() >= 0 && spoolMemory.compareTo(MAX_SPOOL_MEMORY) <= 0,
          "spool-memory is %d bytes: want 0 to %d"
              .formatted(spoolMemory.toBytes(), MAX_SPOOL_MEMORY.toBytes()));
      require(!patience.isNegative(), "patience is less than nothing");
    }

    long memoryBytes() {
      return memory.map(DataSize::toBytes).orElse(Runtime.getRuntime().maxMemory() / 2);
    }
  }

  /**
   * A copy on disk of the ciphertext that was read from the stores lately.
   *
   * @param size how much of the disk it may take; none if there is to be no cache
   * @param directory where it is; below the gateway's own if not given
   */
  public record Cache(@DefaultValue("0B") DataSize size, Optional<String> directory) {
    /** Checks both. */
    public Cache {
      require(!size.isNegative(), "size is less than nothing");
      require(directory.map(d -> !d.isBlank()).orElse(true), "directory is an empty name");
      var _ = directory.map(Path::of);
    }

    /** Returns where it is; that is {@code usual} if nothing else is set. */
    Path directoryOr(Path usual) {
      return directory.map(Path::of).orElse(usual);
    }
  }

  ProviderBook.Shares shares() {
    return new ProviderBook.Shares(needed, total, happy.orElse(needed + 1));
  }
}
