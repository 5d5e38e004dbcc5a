package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was found of a file's shares.
 *
 * @param survey what the stores said
 * @param shares each share that a store said it has
 */
public record Inspection(Survey survey, List<InspectedShare> shares) {
  /**
   * A share, looked at.
   *
   * @param store the id of the store that has it
   * @param shareNumber its number
   * @param layoutVersion of the share if it is good, otherwise 0
   * @param badBlocks the segments whose blocks are bad; empty if none can be used
   * @param problem why it is not good; empty if it is
   * @param corrupt whether the problem is the share itself, rather than that it could not be read
   */
  public record InspectedShare(
      String store,
      int shareNumber,
      int layoutVersion,
      Optional<BitSet> badBlocks,
      Optional<String> problem,
      boolean corrupt) {

    /** Returns one with which nothing is wrong. */
    static InspectedShare good(String store, int shareNumber, int layoutVersion) {
      return new InspectedShare(
          store, shareNumber, layoutVersion, Optional.of(new BitSet()), Optional.empty(), false);
    }
  }

  /** Copies the list. */
  public Inspection {
    shares = List.copyOf(shares);
  }

  /** Returns which stores hold which good shares. */
  public Holdings good() {
    var good = new Holdings();
    shares.stream()
        .filter(share -> share.problem().isEmpty())
        .forEach(share -> good.add(share.shareNumber(), share.store()));
    return good;
  }

  /** Returns which stores hold which shares, good or not. */
  public Holdings held() {
    var held = new Holdings();
    shares.forEach(share -> held.add(share.shareNumber(), share.store()));
    return held;
  }

  /**
   * Says whether every segment has {@code needed} good blocks, of as many shares: a file may be
   * read of which no share is good as a whole.
   */
  public boolean isReadable(int needed) {
    var badBlocks = new TreeMap<Integer, BitSet>();
    for (var share : shares) {
      // A block is lost only if it is bad in each copy of the share.
      share
          .badBlocks()
          .ifPresent(bad ->
              badBlocks.merge(share.shareNumber(), (BitSet) bad.clone(), Inspection::intersection));
    }
    var anywhere = new BitSet();
    badBlocks.values().forEach(anywhere::or);
    return badBlocks.size() >= needed
        && anywhere.stream()
            .allMatch(segment ->
                badBlocks.values().stream().filter(bad -> !bad.get(segment)).count() >= needed);
  }

  private static BitSet intersection(BitSet one, BitSet other) {
    one.and(other);
    return one;
  }

  /**
   * Returns the version of the layout that missing shares get: the one that the numbers ask for,
   * unless more good shares have the other. No hash covers it, so one share alone proves nothing.
   */
  public int layoutVersion(Geometry geometry) {
    int usual = ShareLayout.of(geometry).version();
    int other = 3 - usual;
    return count(other) > count(usual) ? other : usual;
  }

  private long count(int layoutVersion) {
    return shares.stream().filter(share -> share.layoutVersion() == layoutVersion).count();
  }

  /** Returns the shares that are there and not what they must be. */
  public List<InspectedShare> corrupt() {
    return shares.stream().filter(InspectedShare::corrupt).toList();
  }

  /** Returns what is to be found after the shares {@code durable} were stored. */
  public Inspection after(Holdings durable) {
    var now = new ArrayList<InspectedShare>();
    durable
        .asMap()
        .forEach((share, stores) -> stores.forEach(s -> now.add(InspectedShare.good(s, share, 0))));
    shares.stream()
        .filter(share -> !durable.contains(share.shareNumber(), share.store()))
        .forEach(now::add);
    return new Inspection(survey, now);
  }

  /** Returns all of it, for those who listen. */
  GridListener.Inspected told(VerifyCap cap, Instant since, Instant now, boolean everyByte) {
    var bytes = new HashMap<String, Long>();
    survey.shares().forEach(f -> bytes.put(f.store().id() + " " + f.shareNumber(), f.bytes()));
    var there =
        shares.stream()
            .map(share ->
                new GridListener.FoundThere(
                    share.store(),
                    share.shareNumber(),
                    bytes.getOrDefault(share.store() + " " + share.shareNumber(), 0L),
                    finding(share)))
            .toList();
    return new GridListener.Inspected(cap, since, now, everyByte, survey.silent(), there);
  }

  private static GridListener.Finding finding(InspectedShare share) {
    if (share.problem().isEmpty()) {
      return GridListener.Finding.GOOD;
    }
    return share.corrupt() ? GridListener.Finding.BAD : GridListener.Finding.UNREADABLE;
  }

  /** Returns the ids of the stores that answered. */
  public List<String> responding() {
    return survey.responding();
  }

  /** Returns what the other stores said instead, and which shares could not be read. */
  public List<String> failures() {
    var failures = new ArrayList<>(survey.failures());
    shares.stream()
        .filter(share -> share.problem().isPresent() && !share.corrupt())
        .forEach(share ->
            failures.add(
                "%s: share %d: %s"
                    .formatted(share.store(), share.shareNumber(), share.problem().orElse(""))));
    return failures;
  }
}
