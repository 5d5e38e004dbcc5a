package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.file.BlockSupply;
import io.raic.crypto.file.Blocks;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.hash.TaggedHash;
import io.raic.crypto.share.CorruptShareException;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareHead;
import io.raic.crypto.share.UriExtension;
import io.raic.gateway.grid.RecentHeads.Place;
import io.raic.gateway.schedule.Mailbox;
import io.raic.gateway.schedule.Scheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Blocks of a file out of the clouds: from the stores expected fastest, several blocks ahead, and
 * from another share as soon as one is missing, bad or late.
 *
 * <p>As many shares are opened as the file needs, each by a {@link ShareLane}, where they should
 * be. The stores are only asked what they have once one of them has no share, or the shares run
 * out. Lanes and that search report to one queue, which the caller's thread drains while it waits.
 * A {@link Lateness late} lane gets a substitute beside it; the first {@code needed} answers win,
 * and the lane without one goes back to the spares. A bad block costs its segment, not the share,
 * which may be asked for others. Memory: {@link ShareLane#READ_AHEAD} + 1 blocks a lane.
 *
 * <p>Segments must be read in ascending order. For one thread at a time.
 */
public final class CloudShares implements BlockSupply, AutoCloseable {
  private sealed interface Event {
    record Found(int search, ShareSearch.Answer answer) implements Event {}

    record Said(ShareLane lane, ShareLane.Answer answer) implements Event {}
  }

  /** How many bytes there are to read before a share is open, about. */
  private static final long OPENING_BYTES = 64 << 10;

  /** Pauses before all is tried again, longer in all than a store is left alone that is wanted. */
  private static final List<Duration> RECOVERIES =
      List.of(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMillis(1000));

  private final VerifyCap cap;
  private final Reading reading;
  private final Limits limits;
  private final Scheduler scheduler;
  private final ExpectedFile expected;
  private final Map<Place, ShareHead> known;
  // Bounded by what can be unanswered: one answer of each store, and each lane's questions.
  private final Mailbox<Event> events;
  private final Candidates candidates;
  private final Lateness lateness;
  private final List<ShareLane> lanes = new ArrayList<>();
  private Optional<ShareSearch> search = Optional.empty();
  private int searches;
  private int recoveries;

  /**
   * Starts to open shares of {@code cap}.
   *
   * @param offset the first byte of the file that is wanted
   * @param length how many bytes are wanted
   */
  CloudShares(VerifyCap cap, long offset, long length, Reading reading) {
    this.cap = cap;
    this.reading = reading;
    this.limits = reading.limits();
    this.scheduler = reading.scheduler();
    this.events = new Mailbox<>(scheduler, Integer.MAX_VALUE);
    this.expected = new ExpectedFile(cap, reading.segmentSizes(), offset, length);
    this.known = reading.recent().heads(cap);
    long shareBytes = Math.ceilDiv(Math.max(1, length), cap.needed());
    this.candidates = new Candidates(cap, reading, known.keySet(), shareBytes);
    this.lateness = new Lateness(reading);
    fill(List.of());
    reading.explorer().beside(candidates.unused());
  }

  @Override
  public UriExtension extension() throws IOException {
    return collect(1, new Question<>(_ -> {}, ShareLane::head, _ -> false), OPENING_BYTES)
        .getFirst()
        .extension();
  }

  @Override
  public HashList segmentHashes() throws IOException {
    var recent = reading.recent().segmentHashes(cap);
    if (recent.isPresent()) {
      return recent.get();
    }
    long treeBytes = extension().geometry().treeBytes();
    var question = new Question<>(ShareLane::askHashes, ShareLane::hashes, ShareLane::hasBadHashes);
    var hashes = collect(1, question, treeBytes).getFirst();
    // Where they are bad, another copy of the same share may have been opened.
    retire(question, Integer.MAX_VALUE);
    reading.recent().add(cap, hashes);
    return hashes;
  }

  @Override
  public Blocks blocks(int segment) throws IOException {
    var geometry = extension().geometry();
    int last = expected.lastSegment(geometry);
    var question =
        new Question<>(
            lane -> lane.askBlocks(segment, last),
            lane -> lane.block(segment).map(b -> new NumberedBlock(lane.share().shareNumber(), b)),
            lane -> lane.hasBadBlock(segment));
    var blocks = collect(cap.needed(), question, geometry.blockBytes(segment));
    retire(question, cap.needed());
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
    long whole =
        geometry.size() <= ExpectedFile.SMALL_FILE_BYTES
            ? geometry.needed() * geometry.dataBytes()
            : 0;
    long ends =
        geometry.needed() * Math.min(ExpectedFile.MAX_TAIL_BYTES, 2L * geometry.treeBytes());
    long hashes = (geometry.needed() + 1L) * 2 * TaggedHash.LENGTH * geometry.segments();
    return blocks + whole + ends + hashes;
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
      Predicate<ShareLane> cannot) {
    boolean isAnsweredBy(ShareLane lane) {
      return answer.apply(lane).isPresent();
    }
  }

  /**
   * Asks lanes until {@code count} have answered: as many as the file needs, and one more for each
   * that cannot answer or is late.
   *
   * @param bytes how much each lane reads for that, about
   */
  private <T> List<T> collect(int count, Question<T> question, long bytes) throws IOException {
    long start = scheduler.nanoTime();
    boolean awaited = false;
    while (true) {
      fill(lanes.stream().filter(question.cannot()).toList());
      var able = lanes.stream().filter(question.cannot().negate()).toList();
      asked(able, count).forEach(question.ask());
      var answers = able.stream().flatMap(lane -> question.answer().apply(lane).stream()).toList();
      if (answers.size() >= count) {
        // What was there already tells nothing of how long it takes.
        if (awaited) {
          lateness.took(scheduler.nanoTime() - start);
        }
        able.forEach(lane -> lane.setReplaced(lane.isReplaced() && !question.isAnsweredBy(lane)));
        return answers.subList(0, count);
      }
      if (able.size() < count && !candidates.mayGrow()) {
        var inUse = able.stream().map(ShareLane::share).toList();
        if (!awaitRecovery(inUse)) {
          throw candidates.tooFew(inUse);
        }
        continue;
      }
      long left = giveUpLate(able, question, start, bytes);
      long next =
          lateness.replace(
              able,
              question::isAnsweredBy,
              start,
              bytes,
              () -> !candidates.areSuspect(able.stream().map(ShareLane::share).toList()));
      if (left > 0 && next > 0) {
        awaited = true;
        await(Math.min(next, left));
      }
    }
  }

  /** Returns the lanes to ask: those open already come first, and a late one does not count. */
  private static List<ShareLane> asked(List<ShareLane> able, int count) {
    var asked = new ArrayList<ShareLane>();
    int counted = 0;
    for (boolean open : new boolean[] {true, false}) {
      for (var lane : able) {
        if (lane.head().isPresent() == open && counted < count) {
          asked.add(lane);
          counted += lane.isReplaced() ? 0 : 1;
        }
      }
    }
    return asked;
  }

  /**
   * Opens lanes until as many as the file needs can be expected to answer, or there is none to open
   * and the stores have to be asked.
   *
   * @param unable lanes that cannot answer
   */
  private void fill(List<ShareLane> unable) {
    while (true) {
      var able = lanes.stream().filter(lane -> !unable.contains(lane)).toList();
      if (able.stream().filter(lane -> !lane.isReplaced()).count() >= cap.needed()) {
        return;
      }
      var next = candidates.next(able.stream().map(ShareLane::share).toList());
      if (next.isEmpty()) {
        search();
        return;
      }
      lanes.add(open(next.get()));
    }
  }

  /**
   * Waits a little for stores that are not asked because they were broken, and without which the
   * file cannot be read: they may be well again.
   *
   * @return whether there are such, so that it is worth trying again
   */
  private boolean awaitRecovery(List<FoundShare> inUse) throws IOException {
    if (recoveries == RECOVERIES.size() || !candidates.mayComeBack(inUse)) {
      return false;
    }
    long wanted = reading.stores().stream().filter(store -> store.backend().wanted()).count();
    if (wanted == 0) {
      return false;
    }
    try {
      scheduler.sleep(RECOVERIES.get(recoveries));
    } catch (InterruptedException _) {
      throw interrupted();
    }
    recoveries++;
    search.ifPresent(ShareSearch::close);
    search = Optional.empty();
    candidates.again();
    return true;
  }

  /** Asks the stores what they have, once. */
  private void search() {
    if (search.isEmpty()) {
      candidates.searching();
      searches++;
      int number = searches;
      search =
          Optional.of(
              ShareSearch.start(
                  reading.stores(),
                  cap.storageIndex(),
                  limits.step(),
                  scheduler,
                  answer -> events.add(new Event.Found(number, answer))));
    }
  }

  private void await(long nanos) throws IOException {
    try {
      events.poll(nanos).ifPresent(this::handle);
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for shares");
  }

  private void handle(Event event) {
    switch (event) {
      case Event.Found(int number, var _) when number != searches -> {
        // Everything was forgotten since.
      }
      case Event.Found(int _, var answer) -> candidates.add(answer);
      case Event.Said(var lane, var _) when !lanes.contains(lane) -> {
        // It was given up before it said that.
      }
      case Event.Said(var lane, ShareLane.Answer.Failed(var reason)) -> giveUp(lane, reason);
      case Event.Said(var lane, var answer) -> {
        lane.take(answer);
        switch (answer) {
          case ShareLane.Answer.Opened(var head) when lane.share().chunks().size() <= 1 ->
              reading.recent().add(cap, Place.of(lane.share()), head);
          case ShareLane.Answer.Bad(_, var reason) -> {
            reading.badShares().increment();
            candidates.failed(lane.share(), reason);
            reading.recent().forget(cap, Place.of(lane.share()));
          }
          default -> {}
        }
      }
    }
  }

  private ShareLane open(FoundShare share) {
    var head =
        share.chunks().size() <= 1
            ? Optional.ofNullable(known.get(Place.of(share)))
            : Optional.<ShareHead>empty();
    return new ShareLane(
        share,
        cap,
        head.map(expected::share)
            .orElseGet(() -> share.isGuess() ? expected.share() : expected.share(share.bytes())),
        head,
        reading,
        (lane, answer) -> events.add(new Event.Said(lane, answer)));
  }

  /** Returns how long it is until the next lane is to be given up; 0 if one was. */
  private long giveUpLate(List<ShareLane> able, Question<?> question, long start, long bytes) {
    long now = scheduler.nanoTime();
    long next = limits.moving(bytes * cap.needed()).toNanos();
    for (var lane : able) {
      if (!question.isAnsweredBy(lane)) {
        Duration limit = limits.moving((bytes + lane.openingBytes()) * cap.needed());
        long left = Math.max(start, lane.since()) + limit.toNanos() - now;
        if (left <= 0) {
          giveUp(lane, new IOException("no answer within %d s".formatted(limit.toSeconds())));
        }
        next = Math.min(next, Math.max(0, left));
      }
    }
    return next;
  }

  private void giveUp(ShareLane lane, IOException reason) {
    lanes.remove(lane);
    lane.close();
    switch (reason) {
      case AbsentShareException _ when lane.share().isGuess() -> {
        reading.recent().forget(cap, Place.of(lane.share()));
        candidates.absent(lane.share());
        search();
      }
      case CorruptShareException _ -> {
        reading.badShares().increment();
        reading.recent().forget(cap, Place.of(lane.share()));
        candidates.failed(lane.share(), reason);
        // It may be one chunk of a share.
        search();
      }
      default -> {
        if (!(reason instanceof AbsentShareException)) {
          lane.tempo().missed();
        }
        candidates.unread(lane.share(), reason);
      }
    }
  }

  /** Closes lanes beyond {@code wanted}, and second copies, first the ones without an answer. */
  private void retire(Question<?> question, int wanted) {
    for (boolean answered : new boolean[] {false, true}) {
      for (var lane : List.copyOf(lanes).reversed()) {
        if ((lanes.size() > wanted || isTwice(lane.share()))
            && question.isAnsweredBy(lane) == answered) {
          if (lane.isReplaced()) {
            lane.tempo().missed();
          }
          lanes.remove(lane);
          lane.close();
          candidates.putBack(lane.share());
        }
      }
    }
  }

  private boolean isTwice(FoundShare share) {
    return lanes.stream().filter(l -> l.share().shareNumber() == share.shareNumber()).count() > 1;
  }

  @Override
  public void close() {
    search.ifPresent(ShareSearch::close);
    lanes.forEach(ShareLane::close);
  }
}
