package io.raic.gateway.watch;

import io.raic.gateway.file.TransferBoard;
import io.raic.gateway.file.TransferBoard.Direction;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.TransferBudget;
import io.raic.gateway.repair.RepairCounts;
import io.raic.gateway.repair.Repairer;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * What the engine has counted, as samples.
 *
 * @param grid the stores together
 * @param budget the memory of transfers
 * @param transfers files on their way
 * @param repairer repairs
 * @param catalogMissed how many files could not be noted in the catalog
 */
public record GatewayMetrics(
    Grid grid,
    TransferBudget budget,
    TransferBoard transfers,
    Repairer repairer,
    LongSupplier catalogMissed) {

  void add(Samples samples) {
    var totals = transfers.totals();
    transfers("up", transfers.running(Direction.UPLOAD), totals.bytesIn(), samples);
    transfers("down", transfers.running(Direction.DOWNLOAD), totals.bytesOut(), samples);
    samples.gauge(
        "raic_memory_budget_bytes",
        "Memory that all transfers together may take.",
        budget.allBytes());
    samples.gauge(
        "raic_memory_budget_used_bytes", "Memory that transfers have taken.", budget.usedBytes());
    samples.counter(
        "raic_extra_requests",
        "Requests of reads beyond those needed, because a provider was slow.",
        grid.extraRequests());
    samples.counter(
        "raic_verify_failures",
        "Shares, or parts of them, that were found not to be what was stored.",
        grid.badShares());
    samples.counter(
        "raic_catalog_missed",
        "Files that were stored or checked, and could not be noted in the catalog.",
        catalogMissed.getAsLong());
    for (var outcome : RepairCounts.Outcome.values()) {
      samples.counter(
          "raic_repairs",
          "Repairs by what became of them.",
          repairer.counts().of(outcome),
          "outcome",
          outcome.name().toLowerCase(Locale.ROOT));
    }
  }

  private static void transfers(String direction, long running, long bytes, Samples samples) {
    samples.gauge(
        "raic_transfers_running", "Files on their way now.", running, "direction", direction);
    samples.counter(
        "raic_transfer_bytes",
        "Bytes of files that were sent and received.",
        bytes,
        "direction",
        direction);
  }
}
