package io.raic.gateway.grid;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who listen, so that none of them can fail what it is told of, or keep it from the others. */
final class Listeners implements GridListener {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<GridListener> all;

  Listeners(List<GridListener> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public void committed(Committed file) {
    tell(listener -> listener.committed(file));
  }

  @Override
  public void settled(Committed file) {
    tell(listener -> listener.settled(file));
  }

  @Override
  public void inspected(Inspected file) {
    tell(listener -> listener.inspected(file));
  }

  private void tell(Consumer<GridListener> call) {
    for (var listener : all) {
      try {
        call.accept(listener);
      } catch (RuntimeException e) {
        LOG.warn("{} failed: {}", listener.getClass().getSimpleName(), e.getClass().getName());
      }
    }
  }
}
