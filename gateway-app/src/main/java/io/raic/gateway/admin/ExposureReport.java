package io.raic.gateway.admin;

import io.raic.gateway.grid.Grid;
import io.raic.gateway.provider.ProviderSummary;
import java.util.List;
import java.util.Optional;

/** Who could do what to files, computed when it is asked for first. For any thread. */
public final class ExposureReport {
  private final Grid grid;
  private final Outlook outlook;
  private final List<ProviderSummary> providers;
  private Optional<ExposureView> view = Optional.empty();

  /** Computes nothing yet. */
  public ExposureReport(Grid grid, Outlook outlook, List<ProviderSummary> providers) {
    this.grid = grid;
    this.outlook = outlook;
    this.providers = List.copyOf(providers);
  }

  /** Returns it. */
  synchronized ExposureView get() {
    if (view.isEmpty()) {
      view = Optional.of(ExposureView.of(grid, outlook, providers));
    }
    return view.get();
  }
}
