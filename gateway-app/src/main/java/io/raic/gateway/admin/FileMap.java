package io.raic.gateway.admin;

import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the shares of files were last seen. For any thread. */
public interface FileMap {
  /**
   * A file.
   *
   * @param cap that checks and repairs it
   * @param stored when, if that is known
   * @param shares where they were seen
   */
  record Known(VerifyCap cap, Optional<Instant> stored, List<Seen> shares) {
    /** Copies the list. */
    public Known {
      shares = List.copyOf(shares);
    }
  }

  /**
   * A share.
   *
   * @param number of the share
   * @param store that has it
   * @param at when it was seen
   * @param isGood whether it was good then
   * @param words how it was
   */
  record Seen(int number, String store, Instant at, boolean isGood, String words) {}

  /** Returns what is known of a file. */
  Optional<Known> file(StorageIndex index);

  /** Nothing is known. */
  FileMap NOT_KNOWN = _ -> Optional.empty();
}
