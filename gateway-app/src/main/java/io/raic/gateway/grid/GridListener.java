package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Is told what became of files. The grid knows nothing of who listens: whatever a listener throws
 * is logged and goes no further.
 *
 * <p>Called by any number of threads. {@link #committed} and {@link #inspected} hold up an answer,
 * so a listener that waits there has a bound of its own, of part of a second; {@link #settled} does
 * not wait. No listener calls the grid.
 */
public interface GridListener {
  /** Hears nothing. */
  GridListener NONE = new GridListener() {};

  /**
   * Shares that are durable.
   *
   * @param cap of the file
   * @param isNew whether somebody stored the file, rather than repaired it
   * @param durable which stores hold which good shares
   * @param proven those of them that were written now, or read to their end; others were only found
   * @param missing the shares that were to be stored and are not durable
   * @param shareBytes the length of each share
   * @param at when
   */
  record Committed(
      VerifyCap cap,
      boolean isNew,
      Holdings durable,
      Holdings proven,
      Set<Integer> missing,
      long shareBytes,
      Instant at) {
    /** Copies what can change. */
    public Committed {
      durable = Holdings.copyOf(durable);
      proven = Holdings.copyOf(proven);
      missing = Set.copyOf(missing);
    }
  }

  /** How a share was found. */
  enum Finding {
    /** It is what it must be, as far as was looked. */
    GOOD,
    /** It is not. */
    BAD,
    /** Its store says that it has it, and does not give it. */
    UNREADABLE
  }

  /**
   * A share that a store says it has.
   *
   * @param store the id of the store
   * @param share its number
   * @param bytes its length
   * @param finding how it is
   */
  record FoundThere(String store, int share, long bytes, Finding finding) {}

  /**
   * All that was found of a file.
   *
   * @param cap that it was looked at with; whoever asked gave it, so it need not be the file's
   * @param since when looking began: what was stored after that may not have been seen
   * @param at when it ended
   * @param everyByte whether shares were read to their end: otherwise a good one may be bad there
   * @param silent the ids of the stores that did not say what they hold
   * @param shares what the others said they hold
   */
  record Inspected(
      VerifyCap cap,
      Instant since,
      Instant at,
      boolean everyByte,
      Set<String> silent,
      List<FoundThere> shares) {
    /** Copies the lists. */
    public Inspected {
      silent = Set.copyOf(silent);
      shares = List.copyOf(shares);
    }
  }

  /** A file is as safe as it was to become; on the thread that stores or repairs it. */
  default void committed(Committed file) {}

  /** What had gone on of a file after that has ended, well or not. */
  default void settled(Committed file) {}

  /** A file was looked at; on the thread that looked. */
  default void inspected(Inspected file) {}
}
