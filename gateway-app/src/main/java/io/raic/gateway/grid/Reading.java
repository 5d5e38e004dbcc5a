package io.raic.gateway.grid;

import io.raic.gateway.schedule.Scheduler;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all reads out of a grid share. For any number of threads.
 *
 * @param stores in the order of the configuration
 * @param segmentSizes of files, the likeliest first
 * @param limits how long to wait
 * @param tempos how fast each store is
 * @param extras how many requests may be made beyond those needed
 * @param recent what is known of files that were read lately
 * @param explorer looks after stores that are not used
 * @param badShares how often a share was found not to be what it should
 * @param scheduler what is waited by
 */
record Reading(
    List<Store> stores,
    List<Integer> segmentSizes,
    Limits limits,
    Tempos tempos,
    ExtraRequests extras,
    RecentHeads recent,
    Explorer explorer,
    LongAdder badShares,
    Scheduler scheduler) {
  Reading {
    stores = List.copyOf(stores);
    segmentSizes = List.copyOf(segmentSizes);
  }

  /** Returns the bytes of {@code share}; no request is made yet. */
  ShareObject open(FoundShare share) {
    return new ShareObject(share, limits.step(), tempos.of(share.store()), extras, scheduler);
  }

  /** Returns what reads of {@code stores} share, which know nothing yet. */
  static Reading of(
      List<Store> stores,
      List<Integer> segmentSizes,
      Limits limits,
      Tempos tempos,
      Scheduler scheduler) {
    var extras = new ExtraRequests();
    return new Reading(
        stores,
        segmentSizes,
        limits,
        tempos,
        extras,
        new RecentHeads(RecentHeads.MAX_BYTES),
        new Explorer(tempos, extras, scheduler),
        new LongAdder(),
        scheduler);
  }
}
