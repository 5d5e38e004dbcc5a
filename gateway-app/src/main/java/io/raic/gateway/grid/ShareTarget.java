package io.raic.gateway.grid;

import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.VersionToken;
import io.raic.gateway.schedule.Scheduler;
import java.time.Duration;
import java.util.List;

/**
 * Where a share goes.
 *
 * @param shareNumber which share
 * @param store to which store
 * @param key under which name
 * @param length how long it will be
 * @param existed whether the store has it already, to be replaced
 */
record ShareTarget(int shareNumber, Store store, ObjectKey key, long length, boolean existed) {
  /** Returns what reads the share as it is there, on the word that it has the right length. */
  CloudShareSource source(Duration step, Scheduler scheduler) {
    var whole = new ObjectInfo(key, length, new VersionToken(""));
    // What it takes to look at one share after a commit tells nothing of how fast reads are.
    var object =
        new ShareObject(
            new FoundShare(store, shareNumber, key, List.of(whole)),
            step,
            new Tempo(step, scheduler),
            new ExtraRequests(),
            scheduler);
    return new CloudShareSource(object, ExpectedShare.UNKNOWN, scheduler);
  }
}
