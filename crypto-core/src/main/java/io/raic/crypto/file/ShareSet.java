package io.raic.crypto.file;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.share.ShareReader;
import io.raic.crypto.share.ShareSource;
import io.raic.crypto.share.UriExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes blocks from shares one after the other, and from another share when one is bad: for shares
 * that are close, such as files.
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

  /** Hears which shares were given up. */
  @FunctionalInterface
  public interface BadShares {
    /** Told once for each share given up, with the reason. */
    void gaveUp(int shareNumber, IOException reason);
  }

  private final VerifyCap cap;
  private final List<Candidate> spare;
  private final BadShares badShares;
  private final List<ShareReader> open = new ArrayList<>();
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
    return reader(0).extension();
  }

  /** Returns the version of the layout of the first good share. */
  public int layoutVersion() throws IOException {
    return reader(0).layout().version();
  }

  @Override
  public HashList segmentHashes() throws IOException {
    while (true) {
      var reader = reader(0);
      try {
        return reader.segmentHashes();
      } catch (IOException e) {
        giveUp(reader, e);
      }
    }
  }

  @Override
  public Blocks blocks(int segment) throws IOException {
    int[] numbers = new int[cap.needed()];
    for (int i = 0; i < cap.needed(); i++) {
      numbers[i] = readBlock(i, segment);
    }
    return new Blocks(numbers, blocks);
  }

  private int readBlock(int place, int segment) throws IOException {
    while (true) {
      var reader = reader(place);
      int length = reader.extension().geometry().blockBytes(0);
      if (blocks[place].length < length) {
        blocks[place] = new byte[length];
      }
      try {
        reader.readBlock(segment, blocks[place]);
        return reader.shareNumber();
      } catch (IOException e) {
        giveUp(reader, e);
      }
    }
  }

  private ShareReader reader(int place) throws IOException {
    while (open.size() <= place) {
      var candidate = nextCandidate();
      try {
        open.add(ShareReader.open(candidate.source(), candidate.shareNumber(), cap));
      } catch (IOException e) {
        badShares.gaveUp(candidate.shareNumber(), e);
      }
    }
    return open.get(place);
  }

  private Candidate nextCandidate() throws TooFewSharesException {
    for (var candidate : spare) {
      // A second copy of a share in use adds nothing until that one turns out bad.
      if (open.stream().noneMatch(r -> r.shareNumber() == candidate.shareNumber())) {
        spare.remove(candidate);
        return candidate;
      }
    }
    throw new TooFewSharesException(cap.needed(), open.size());
  }

  private void giveUp(ShareReader reader, IOException reason) {
    open.remove(reader);
    badShares.gaveUp(reader.shareNumber(), reason);
  }
}
