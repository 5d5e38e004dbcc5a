package io.raic.crypto.file;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.share.CorruptShareException;
import io.raic.crypto.share.ShareReader;
import io.raic.crypto.share.ShareSource;
import io.raic.crypto.share.UriExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes blocks from shares one after the other, and from another share where one is bad: for shares
 * that are close, such as files. A share with a bad block still serves the others.
 *
 * <p>For one thread at a time.
 */
public final class ShareSet implements BlockSupply {
  /**
   * A share that may be good.
   *
   * @param shareNumber the number it is kept under
   * @param source its bytes
   */
  public record Candidate(int shareNumber, ShareSource source) {}

  /** Hears which shares are bad, in part or as a whole. */
  @FunctionalInterface
  public interface BadShares {
    /** Told once for each bad share, with what was wrong first. */
    void gaveUp(int shareNumber, IOException reason);
  }

  private static final int[] NO_SHARES = {};

  private final VerifyCap cap;
  private final List<Candidate> spare;
  private final BadShares badShares;
  private final List<ShareReader> open = new ArrayList<>();
  private final Set<ShareReader> reported = new HashSet<>();
  private final byte[][] blocks;

  /** Reads the file of {@code cap} from {@code candidates}, the first ones for preference. */
  public ShareSet(VerifyCap cap, List<Candidate> candidates, BadShares badShares) {
    this.cap = cap;
    this.spare = new ArrayList<>(candidates);
    this.badShares = badShares;
    this.blocks = new byte[cap.needed()][0];
  }

  @Override
  public UriExtension extension() throws IOException {
    return next(new HashSet<>(), NO_SHARES).extension();
  }

  /** Returns the version of the layout of the first good share. */
  public int layoutVersion() throws IOException {
    return next(new HashSet<>(), NO_SHARES).layout().version();
  }

  @Override
  public HashList segmentHashes() throws IOException {
    var tried = new HashSet<ShareReader>();
    while (true) {
      var reader = next(tried, NO_SHARES);
      try {
        return reader.segmentHashes();
      } catch (IOException e) {
        failed(reader, e);
      }
    }
  }

  @Override
  public Blocks blocks(int segment) throws IOException {
    int[] numbers = new int[cap.needed()];
    var tried = new HashSet<ShareReader>();
    int found = 0;
    while (found < numbers.length) {
      var reader = next(tried, Arrays.copyOf(numbers, found));
      if (readBlock(reader, segment, found)) {
        numbers[found] = reader.shareNumber();
        found++;
      }
    }
    return new Blocks(numbers, blocks);
  }

  private boolean readBlock(ShareReader reader, int segment, int place) {
    int length = reader.extension().geometry().blockBytes(0);
    if (blocks[place].length < length) {
      blocks[place] = new byte[length];
    }
    try {
      reader.readBlock(segment, blocks[place]);
      return true;
    } catch (IOException e) {
      failed(reader, e);
      return false;
    }
  }

  /**
   * Returns a share that was not tried yet, and whose number is not one of those used already: a
   * second copy of a share adds nothing unless the first one is bad.
   */
  private ShareReader next(Set<ShareReader> tried, int[] used) throws TooFewSharesException {
    for (var reader : open) {
      if (isNot(used, reader.shareNumber()) && tried.add(reader)) {
        return reader;
      }
    }
    for (var candidate : List.copyOf(spare)) {
      if (isNot(used, candidate.shareNumber())) {
        spare.remove(candidate);
        try {
          var reader = ShareReader.open(candidate.source(), candidate.shareNumber(), cap);
          open.add(reader);
          tried.add(reader);
          return reader;
        } catch (IOException e) {
          badShares.gaveUp(candidate.shareNumber(), e);
        }
      }
    }
    throw new TooFewSharesException(cap.needed(), used.length);
  }

  private static boolean isNot(int[] used, int number) {
    return Arrays.stream(used).noneMatch(n -> n == number);
  }

  /** What is bad in one place may be good in another: the share is only tried last from now on. */
  private void failed(ShareReader reader, IOException reason) {
    open.remove(reader);
    if (reason instanceof CorruptShareException) {
      open.addLast(reader);
    }
    if (reported.add(reader)) {
      badShares.gaveUp(reader.shareNumber(), reason);
    }
  }
}
