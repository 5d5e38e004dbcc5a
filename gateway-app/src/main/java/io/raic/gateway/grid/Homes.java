package io.raic.gateway.grid;

import io.raic.crypto.capability.StorageIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where the shares of a file go if nothing stands in the way: so a reader can guess where they are
 * without asking. The same file has the same homes each time, and each file others.
 *
 * @param stores the ids of all stores; share 0 goes to the first, and so on, and around
 */
record Homes(List<String> stores) {
  Homes {
    stores = List.copyOf(stores);
  }

  /** Returns the homes of a file on the stores {@code ids}, in the order of the configuration. */
  static Homes of(StorageIndex storageIndex, List<String> ids) {
    var stores = new ArrayList<>(ids);
    Collections.rotate(stores, storageIndex.hashCode());
    return new Homes(stores);
  }

  /** Returns the home of a share. */
  String of(int share) {
    return stores.get(share % stores.size());
  }
}
