package io.raic.gateway.grid;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Asks all stores at once which shares of a file they have. */
final class ShareSearch implements AutoCloseable {
  /**
   * What one store said.
   *
   * @param store which
   * @param shares those it says it has
   * @param failure why it did not say; empty if it did
   */
  record Answer(Store store, List<FoundShare> shares, String failure) {
    boolean failed() {
      return !failure.isEmpty();
    }

    static Answer failed(Store store, String reason) {
      return new Answer(store, List.of(), reason);
    }
  }

  private final List<Strand> strands;

  private ShareSearch(List<Strand> strands) {
    this.strands = strands;
  }

  /**
   * Starts to ask.
   *
   * @param limit how long a store may take
   * @param hear told each store's answer, by a thread of the search
   */
  static ShareSearch start(
      List<Store> stores,
      StorageIndex storageIndex,
      Duration limit,
      Scheduler scheduler,
      Consumer<Answer> hear) {
    return new ShareSearch(
        stores.stream()
            .map(store ->
                scheduler.start("share-search", () -> run(store, storageIndex, limit, hear)))
            .toList());
  }

  private static void run(
      Store store, StorageIndex storageIndex, Duration limit, Consumer<Answer> hear) {
    try {
      hear.accept(ask(store, storageIndex, limit));
    } catch (Error e) {
      hear.accept(failed(store, e));
      throw e;
    }
  }

  private static Answer failed(Store store, Throwable failure) {
    return Answer.failed(store, store.id() + ": list: " + failure.getClass().getSimpleName());
  }

  private static Answer ask(Store store, StorageIndex storageIndex, Duration limit) {
    try {
      return new Answer(store, ShareListing.of(store, storageIndex, Deadline.in(limit)), "");
    } catch (BackendException e) {
      return Answer.failed(store, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return failed(store, e);
    }
  }

  /** Interrupts the stores that have not answered. */
  @Override
  public void close() {
    strands.forEach(Strand::interrupt);
  }
}
