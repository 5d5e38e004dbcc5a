package io.raic.gateway.grid;

import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.VersionToken;
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
  CloudShareSource source(Duration step) {
    var whole = new ObjectInfo(key, length, new VersionToken(""));
    return new CloudShareSource(
        new FoundShare(store, shareNumber, List.of(whole)), ExpectedShare.UNKNOWN, step);
  }
}
