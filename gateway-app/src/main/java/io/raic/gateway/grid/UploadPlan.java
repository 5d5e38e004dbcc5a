package io.raic.gateway.grid;

import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.schedule.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * What an upload is to reach.
 *
 * @param storageIndex of the file
 * @param fresh whether nobody else can be storing this file, its key being random
 * @param shareBytes the length of each share
 * @param rules where shares may be
 * @param wanted the shares to store
 * @param stores all stores, by id
 * @param homes where readers expect the shares
 * @param usable the ids of those that can take shares, the first ones for preference
 * @param silent the ids of those of which nobody knows what they hold
 * @param unusable why stores cannot take shares
 * @param held what stores hold already, good or not
 * @param doubtful what else stores may hold by now, though none says so
 * @param good what is good of what they hold and will not be written again
 * @param mustBeSafe whether storing fewer shares than make the file safe is no use
 * @param isKept whether shares are so short that they are kept until stores have them
 */
record UploadPlan(
    StorageIndex storageIndex,
    boolean fresh,
    long shareBytes,
    Placement rules,
    Set<Integer> wanted,
    Map<String, Store> stores,
    Homes homes,
    List<String> usable,
    Set<String> silent,
    List<String> unusable,
    Holdings held,
    Holdings doubtful,
    Holdings good,
    boolean mustBeSafe,
    boolean isKept) {

  /** Says whether an upload that leaves the file held so has reached what it was to reach. */
  boolean enough(Holdings holdings) {
    return !mustBeSafe || rules.isSafe(holdings);
  }

  /** Returns all that stores hold, or may hold. */
  Holdings heldAtMost() {
    return held.and(doubtful);
  }

  /** Chooses stores for {@code missing} shares, of those that are {@code usable} still. */
  SortedMap<Integer, String> choose(Set<Integer> missing, List<String> usable, Holdings holdings) {
    return rules.plan(missing, homes, usable, silent, holdings);
  }

  ShareUpload start(
      int share,
      String storeId,
      Limits limits,
      Tempos tempos,
      Scheduler scheduler,
      Consumer<ShareUpload> changed) {
    var store = stores.get(storeId);
    if (store == null) {
      throw new IllegalArgumentException("no store has the id " + storeId);
    }
    var key = ShareAddress.key(storageIndex, share);
    return ShareUpload.start(
        new ShareTarget(share, store, key, shareBytes, held.contains(share, storeId)),
        limits,
        tempos.of(store),
        scheduler,
        changed);
  }
}
