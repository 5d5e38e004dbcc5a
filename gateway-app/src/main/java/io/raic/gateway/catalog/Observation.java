package io.raic.gateway.catalog;

import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.grid.GridListener;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was learnt of one file.
 *
 * @param storageIndex of the file
 * @param cap of the file; none if only its storage index is known
 * @param way how it was learnt
 * @param since when looking began: what was seen later than that is not unlearnt
 * @param at when it ended
 * @param silent the stores of which nothing was learnt
 * @param seen the shares that others have
 */
record Observation(
    StorageIndex storageIndex,
    Optional<VerifyCap> cap,
    Way way,
    Instant since,
    Instant at,
    Set<String> silent,
    List<Seen> seen) {

  /** How something is learnt of a file. */
  sealed interface Way {
    /**
     * These shares became durable; nothing is known of others.
     *
     * @param token of whoever stored the file; empty if nobody knows, or the file is not new
     * @param isNew whether somebody stored the file, rather than repaired it
     */
    record Stored(String token, boolean isNew) implements Way {}

    /** All stores were asked, and the shares opened. */
    record Checked() implements Way {}

    /** All stores listed what they have; nothing was opened. */
    record Listed() implements Way {}
  }

  /**
   * A share that is there.
   *
   * @param share its number
   * @param store the id of the store
   * @param bytes its length
   * @param result how it is
   * @param isProven whether every byte is known: it was read, or written
   */
  record Seen(int share, String store, long bytes, ShareResult result, boolean isProven) {}

  Observation {
    silent = Set.copyOf(silent);
    seen = List.copyOf(seen);
  }

  static Observation of(GridListener.Committed file, String token) {
    var seen =
        file.durable().asMap().entrySet().stream()
            .flatMap(share ->
                share.getValue().stream()
                    .map(store ->
                        new Seen(
                            share.getKey(),
                            store,
                            file.shareBytes(),
                            ShareResult.GOOD,
                            file.proven().contains(share.getKey(), store))))
            .toList();
    return new Observation(
        file.cap().storageIndex(),
        Optional.of(file.cap()),
        new Way.Stored(token, file.isNew()),
        file.at(),
        file.at(),
        Set.of(),
        seen);
  }

  static Observation of(GridListener.Inspected file) {
    var seen =
        file.shares().stream()
            .map(found ->
                new Seen(
                    found.share(),
                    found.store(),
                    found.bytes(),
                    result(found.finding()),
                    file.everyByte()))
            .toList();
    return new Observation(
        file.cap().storageIndex(),
        Optional.of(file.cap()),
        new Way.Checked(),
        file.since(),
        file.at(),
        file.silent(),
        seen);
  }

  private static ShareResult result(GridListener.Finding finding) {
    return switch (finding) {
      case GOOD -> ShareResult.GOOD;
      case BAD -> ShareResult.BAD;
      case UNREADABLE -> ShareResult.UNREADABLE;
    };
  }

  /** Returns how many different shares of {@code total} are good by this alone. */
  long goodShares(int total) {
    return seen.stream()
        .filter(share -> share.result().counts() && share.share() < total)
        .mapToInt(Seen::share)
        .distinct()
        .count();
  }
}
