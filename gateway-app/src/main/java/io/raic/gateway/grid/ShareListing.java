package io.raic.gateway.grid;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Operation;
import io.raic.cloud.Page;
import io.raic.cloud.Request;
import io.raic.crypto.capability.StorageIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks one store which shares of a file it has; what is no share is passed over. */
final class ShareListing {
  private static final int PAGE = 1000;

  /** No share is this long: sums below it do not overflow. */
  private static final long MAX_SHARE_BYTES = 1L << 60;

  /** A store that lists more objects for one file lies, or nobody can read such a file. */
  private static final int MAX_OBJECTS = 100_000;

  private ShareListing() {}

  /**
   * Returns the shares that {@code store} says it has.
   *
   * @throws BackendException if the store fails
   */
  static List<FoundShare> of(Store store, StorageIndex storageIndex, Deadline deadline) {
    String prefix = ShareAddress.prefix(storageIndex);
    var chunks = new TreeMap<Integer, TreeMap<Integer, ObjectInfo>>();
    int seen = 0;
    Optional<String> next = Optional.empty();
    do {
      Page page = store.backend().list(prefix, next, PAGE, deadline);
      for (var object : page.objects()) {
        if (++seen > MAX_OBJECTS) {
          throw new BackendException.Corrupt(
              Request.of(store.id(), Operation.LIST), "too many objects for one file");
        }
        ShareAddress.parse(prefix, object.key().text())
            .ifPresent(part ->
                chunks
                    .computeIfAbsent(part.shareNumber(), _ -> new TreeMap<>())
                    .put(part.chunk(), object));
      }
      next = page.next();
    } while (next.isPresent());
    var found = new ArrayList<FoundShare>();
    chunks.forEach((share, parts) ->
        inOrder(parts)
            .ifPresent(all -> found.add(new FoundShare(store, share, all.getFirst().key(), all))));
    return found;
  }

  /** Returns the chunks 0, 1, 2 and so on; empty if there are none, or they cannot be that long. */
  private static Optional<List<ObjectInfo>> inOrder(Map<Integer, ObjectInfo> parts) {
    var all = new ArrayList<ObjectInfo>();
    long bytes = 0;
    for (var chunk = parts.get(0); chunk != null; chunk = parts.get(all.size())) {
      if (chunk.size() < 0 || chunk.size() > MAX_SHARE_BYTES - bytes) {
        return Optional.empty();
      }
      bytes += chunk.size();
      all.add(chunk);
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }
}
