package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.file.BlockSupply;
import io.raic.crypto.file.Blocks;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.hash.TaggedHash;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.UriExtension;
import io.raic.gateway.schedule.Mailbox;
import io.raic.gateway.schedule.Scheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Blocks of a file out of the clouds: from the stores that answer first, several blocks ahead, and
 * from another share as soon as one is missing, bad or late.
 *
 * <p>Every share in use has a {@link ShareLane}; lanes and the search for shares report to one
 * queue, which the caller's thread drains while it waits. A lane that is late, by {@link
 * Limits#hedge} or twice what is usual in this file, gets a substitute beside it; the first {@code
 * needed} answers win, and the lane without one goes back to the spares. A bad block costs its
 * segment, not the share, which may be asked for others. Memory: {@link ShareLane#READ_AHEAD} + 1
 * blocks a lane.
 *
 * <p>Segments must be read in ascending order. For one thread at a time.
 */
public final class CloudShares implements BlockSupply, AutoCloseable {
  private sealed interface Event {
    record Found(ShareSearch.Answer answer) implements Event {}

    record Said(ShareLane lane, ShareLane.Answer answer) implements Event {}
  }

  private final VerifyCap cap;
  private final Limits limits;
  private final Scheduler scheduler;
  private final Function<Long, ExpectedShare> expected;
  private final Function<UriExtension, Integer> lastSegment;
  // Bounded by what can be unanswered: one answer of each store, and each lane's questions.
  private final Mailbox<Event> events;
  private final ShareSearch search;
  private final Candidates candidates;
  private final List<ShareLane> lanes = new ArrayList<>();
  private long usualNanos;

  /**
   * Starts to search for the shares of {@code cap}.
   *
   * @param offset the first byte of the file that is wanted
   * @param length how many bytes are wanted
   */
  CloudShares(
      VerifyCap cap,
      long offset,
      long length,
      List<Store> stores,
      List<Integer> segmentSizes,
      Limits limits,
      Scheduler scheduler) {
    this.cap = cap;
    this.limits = limits;
    this.scheduler = scheduler;
    this.events = new Mailbox<>(scheduler, Integer.MAX_VALUE);
    var byBytes = ExpectedShare.byShareBytes(cap, segmentSizes, offset, length);
    this.expected = bytes -> byBytes.getOrDefault(bytes, ExpectedShare.UNKNOWN);
    this.lastSegment = ueb -> ueb.geometry().segmentAt(offset + Math.max(1, length) - 1);
    this.candidates = new Candidates(cap, stores, limits.step(), scheduler);
    this.search =
        ShareSearch.start(
            stores,
            cap.storageIndex(),
            limits.step(),
            scheduler,
            answer -> events.add(new Event.Found(answer)));
  }

  @Override
  public UriExtension extension() throws IOException {
    return collect(1, new Question<>(_ -> {}, ShareLane::extension, _ -> false), 0).getFirst();
  }

  @Override
  public HashList segmentHashes() throws IOException {
    long treeBytes = extension().geometry().treeBytes();
    var question = new Question<>(ShareLane::askHashes, ShareLane::hashes, ShareLane::hasBadHashes);
    return collect(1, question, treeBytes).getFirst();
  }

  @Override
  public Blocks blocks(int segment) throws IOException {
    int last = lastSegment.apply(extension());
    var question =
        new Question<>(
            lane -> lane.askBlocks(segment, last),
            lane -> lane.block(segment).map(b -> new NumberedBlock(lane.share().shareNumber(), b)),
            lane -> lane.hasBadBlock(segment));
    var blocks = collect(cap.needed(), question, extension().geometry().segmentBytes());
    retire(question);
    return new Blocks(
        blocks.stream().mapToInt(block -> block.shareNumber).toArray(),
        blocks.stream().map(block -> block.bytes).toArray(byte[][]::new));
  }

  /**
   * Returns about how much memory reading a file holds: blocks read ahead, what of each share is
   * kept while it is opened, and the hashes of blocks and segments.
   */
  public static long memoryBytes(Geometry geometry) {
    long blocks = (long) (ShareLane.READ_AHEAD + 1) * geometry.needed() * geometry.blockBytes(0);
    long ends =
        geometry.needed() * Math.min(ExpectedShare.MAX_TAIL_BYTES, 2L * geometry.treeBytes());
    long hashes = (geometry.needed() + 1L) * 2 * TaggedHash.LENGTH * geometry.segments();
    return blocks + ends + hashes;
  }

  private static final class NumberedBlock {
    final int shareNumber;
    final byte[] bytes;

    NumberedBlock(int shareNumber, byte[] bytes) {
      this.shareNumber = shareNumber;
      this.bytes = bytes;
    }
  }

  /** Returns the shares that turned out bad or could not be read, so far. */
  public List<String> problems() {
    return candidates.problems();
  }

  /**
   * What lanes are asked for.
   *
   * @param ask asks a lane, which may have been asked before
   * @param answer what it has answered
   * @param cannot whether it has answered that it cannot
   */
  private record Question<T>(
      Consumer<ShareLane> ask,
      Function<ShareLane, Optional<T>> answer,
      Predicate<ShareLane> cannot) {}

  /**
   * Asks lanes until {@code count} have answered, first those that are open longest; each time that
   * {@link Limits#hedge} passes, one lane more, and one for each that cannot answer.
   *
   * @param bytes how much the lanes read for that, about
   */
  private <T> List<T> collect(int count, Question<T> question, long bytes) throws IOException {
    Duration limit = limits.moving(bytes);
    long hedge = Math.max(limits.hedge().toNanos(), 2 * usualNanos);
    long start = scheduler.nanoTime();
    long hedgeAt = start + hedge;
    long end = start + limit.toNanos();
    int extra = 0;
    while (true) {
      var able = ableLanes(question, Math.max(cap.needed(), count + extra));
      able.stream().limit(count + extra).forEach(question.ask());
      var answers = able.stream().flatMap(lane -> question.answer().apply(lane).stream()).toList();
      if (answers.size() >= count) {
        usualNanos = (3 * usualNanos + scheduler.nanoTime() - start) / 4;
        return answers.subList(0, count);
      }
      if (able.size() < count && !candidates.mayGrow()) {
        throw candidates.tooFew(able.stream().map(ShareLane::share).toList());
      }
      long now = scheduler.nanoTime();
      if (now - end >= 0) {
        giveUpLate(able, question, limit);
        end = now + limit.toNanos();
      } else if (now - hedgeAt >= 0) {
        extra = Math.min(extra + 1, cap.total());
        hedgeAt = now + hedge;
      } else {
        await(Math.min(hedgeAt - now, end - now));
      }
    }
  }

  /**
   * Returns the lanes that may answer, after opening more if they are fewer than {@code wanted}.
   */
  private List<ShareLane> ableLanes(Question<?> question, int wanted) {
    while (true) {
      var able = lanes.stream().filter(question.cannot().negate()).toList();
      if (able.size() >= wanted) {
        return able;
      }
      var next = candidates.next(able.stream().map(ShareLane::share).toList());
      if (next.isEmpty()) {
        return able;
      }
      lanes.add(open(next.get()));
    }
  }

  private void await(long nanos) throws IOException {
    try {
      events.poll(nanos).ifPresent(this::handle);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for shares");
    }
  }

  private void handle(Event event) {
    switch (event) {
      case Event.Found(var answer) -> candidates.add(answer);
      case Event.Said(var lane, var _) when !lanes.contains(lane) -> {
        // It was given up before it said that.
      }
      case Event.Said(var lane, ShareLane.Answer.Failed(var reason)) -> giveUp(lane, reason);
      case Event.Said(var lane, var answer) -> {
        lane.take(answer);
        if (answer instanceof ShareLane.Answer.Bad(_, var reason)) {
          candidates.failed(lane.share(), reason);
        }
      }
    }
  }

  private ShareLane open(FoundShare share) {
    return new ShareLane(
        share,
        cap,
        expected.apply(share.bytes()),
        limits.step(),
        scheduler,
        (lane, answer) -> events.add(new Event.Said(lane, answer)));
  }

  private void giveUpLate(List<ShareLane> able, Question<?> question, Duration limit) {
    for (var lane : able) {
      if (question.answer().apply(lane).isEmpty()) {
        giveUp(lane, new IOException("no answer within %d s".formatted(limit.toSeconds())));
      }
    }
  }

  private void giveUp(ShareLane lane, IOException reason) {
    lanes.remove(lane);
    lane.close();
    candidates.failed(lane.share(), reason);
  }

  /** Closes lanes beyond those needed, first the ones without an answer. */
  private void retire(Question<?> question) {
    for (boolean answered : new boolean[] {false, true}) {
      for (var lane : List.copyOf(lanes).reversed()) {
        if (lanes.size() > cap.needed() && question.answer().apply(lane).isPresent() == answered) {
          lanes.remove(lane);
          lane.close();
          candidates.putBack(lane.share());
        }
      }
    }
  }

  @Override
  public void close() {
    search.close();
    lanes.forEach(ShareLane::close);
  }
}
