package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.share.ShareHead;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was verified of the shares of files that were read lately, and where those shares are: so
 * the next read asks for blocks and nothing else. All of it was compared with the capability, and
 * blocks are compared with it again, so nothing has to be believed.
 *
 * <p>Holds at most {@link #MAX_BYTES}, and forgets the files first that were not read for longest.
 * A file that would take more than a quarter is not held: it would drive out all others. For any
 * number of threads.
 */
final class RecentHeads {
  /** How much memory all of it may take. */
  static final long MAX_BYTES = 4 << 20;

  /** A file may take one of so many parts of the memory. */
  private static final int PARTS = 4;

  /** What a file and its hashes take besides, about. */
  private static final int FIXED_BYTES = 1024;

  /**
   * A share in a store.
   *
   * @param store the store's id
   * @param shareNumber the share
   */
  record Place(String store, int shareNumber) {
    static Place of(FoundShare share) {
      return new Place(share.store().id(), share.shareNumber());
    }
  }

  private final long maxBytes;
  private final Map<VerifyCap, Known> files = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  RecentHeads(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** What is known of one file. */
  private static final class Known {
    private final Map<Place, ShareHead> heads = new HashMap<>();
    private @Nullable HashList segmentHashes;

    long bytes() {
      var hashes = segmentHashes;
      long ofHashes = hashes == null ? 0 : hashes.memoryBytes();
      return FIXED_BYTES
          + ofHashes
          + heads.values().stream().mapToLong(ShareHead::memoryBytes).sum();
    }
  }

  @FunctionalInterface
  private interface Change {
    void to(Known file);
  }

  /** Remembers a share that was opened. */
  synchronized void add(VerifyCap cap, Place place, ShareHead head) {
    change(cap, file -> file.heads.putIfAbsent(place, head));
  }

  /** Remembers the hashes of a file's segments, which nobody may change any more. */
  synchronized void add(VerifyCap cap, HashList segmentHashes) {
    change(cap, file -> file.segmentHashes = segmentHashes);
  }

  /** Forgets a share that is not what it was. */
  synchronized void forget(VerifyCap cap, Place place) {
    if (files.containsKey(cap)) {
      change(cap, file -> file.heads.remove(place));
    }
  }

  private void change(VerifyCap cap, Change change) {
    var known = files.get(cap);
    if (known == null) {
      known = new Known();
      files.put(cap, known);
    } else {
      bytes -= known.bytes();
    }
    change.to(known);
    if (known.bytes() > maxBytes / PARTS) {
      files.remove(cap);
      return;
    }
    bytes += known.bytes();
    var oldest = files.values().iterator();
    while (bytes > maxBytes && oldest.hasNext()) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  /** Returns what is known of the shares of a file. */
  synchronized Map<Place, ShareHead> heads(VerifyCap cap) {
    var known = files.get(cap);
    return known == null ? Map.of() : Map.copyOf(known.heads);
  }

  /** Returns the hashes of a file's segments, if they are known. */
  synchronized Optional<HashList> segmentHashes(VerifyCap cap) {
    var known = files.get(cap);
    return known == null ? Optional.empty() : Optional.ofNullable(known.segmentHashes);
  }

  /** Returns what verifies the segments of a file, if all of that is known. */
  synchronized Optional<FileHead> head(VerifyCap cap) {
    var known = files.get(cap);
    if (known == null || known.heads.isEmpty()) {
      return Optional.empty();
    }
    var geometry = known.heads.values().iterator().next().extension().geometry();
    return Optional.ofNullable(known.segmentHashes).map(h -> new FileHead(geometry, h));
  }

  /** Returns about how much memory all of it takes. */
  synchronized long bytes() {
    return bytes;
  }
}
