package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.share.CorruptShareException;
import io.raic.crypto.share.ShareHead;
import io.raic.crypto.share.ShareReader;
import io.raic.gateway.schedule.Mailbox;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One share in use: a thread of its own opens it and answers what it is asked, in turn.
 *
 * <p>What the lane knows is set by {@link #take} only, by the one thread that owns the lane and
 * receives its answers; everything but {@link #close} is for that thread.
 */
final class ShareLane implements AutoCloseable {
  /** How many blocks a lane may be asked for ahead of the one that is waited for. */
  static final int READ_AHEAD = 2;

  private static final int MAX_QUESTIONS = READ_AHEAD + 4;

  /** What a lane says. */
  sealed interface Answer {
    /**
     * The share is open and, but for its blocks, good.
     *
     * @param head what is known of it now
     */
    record Opened(ShareHead head) implements Answer {}

    /**
     * The hashes of the ciphertext's segments.
     *
     * @param hashes verified
     */
    record Hashes(HashList hashes) implements Answer {}

    /** A verified block, at the start of {@code bytes}, until the lane is asked for later ones. */
    final class Block implements Answer {
      final int segment;
      final byte[] bytes;

      Block(int segment, byte[] bytes) {
        this.segment = segment;
        this.bytes = bytes;
      }
    }

    /**
     * A part of the share is bad; the others can be used all the same.
     *
     * @param segment whose block it is; {@link #HASHES} for the hashes of the segments
     * @param reason what is wrong with it
     */
    record Bad(int segment, CorruptShareException reason) implements Answer {
      static final int HASHES = -1;
    }

    /**
     * The share cannot be used.
     *
     * @param reason why
     */
    record Failed(IOException reason) implements Answer {}
  }

  @FunctionalInterface
  private interface Question {
    Answer answer(ShareReader reader) throws IOException;
  }

  private final FoundShare share;
  private final CloudShareSource source;
  private final Tempo tempo;
  private final int requests;
  private final long openingBytes;
  private final Scheduler scheduler;
  private final long openedAt;
  private final Mailbox<Question> questions;
  private final Strand strand;
  private final Map<Integer, byte[]> blocks = new HashMap<>();
  private final Set<Integer> bad = new HashSet<>();

  /** Blocks that were forgotten, to be filled again. */
  private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();

  private boolean hashesAsked;
  private int lastBlockAsked = -1;
  private boolean replaced;
  private @Nullable HashList hashes;
  private @Nullable ShareHead head;
  private long headAt;

  /**
   * Starts a lane.
   *
   * @param known what is known of the share already
   * @param hear told each answer, by the lane's thread
   */
  ShareLane(
      FoundShare share,
      VerifyCap cap,
      ExpectedShare expected,
      Optional<ShareHead> known,
      Reading reading,
      BiConsumer<ShareLane, Answer> hear) {
    this.share = share;
    this.source = new CloudShareSource(share, expected, reading);
    this.tempo = reading.tempos().of(share.store());
    this.requests = expected.requests();
    this.openingBytes = expected.kept().bytes();
    this.scheduler = reading.scheduler();
    this.openedAt = scheduler.nanoTime();
    this.questions = new Mailbox<>(reading.scheduler(), MAX_QUESTIONS);
    this.strand =
        reading
            .scheduler()
            .start("share-lane", () -> run(cap, known, answer -> hear.accept(this, answer)));
  }

  private void run(VerifyCap cap, Optional<ShareHead> known, Consumer<Answer> hear) {
    try (source) {
      var reader = open(cap, known);
      hear.accept(new Answer.Opened(reader.head()));
      while (true) {
        hear.accept(questions.take().answer(reader));
      }
    } catch (InterruptedException _) {
      // Closed: nobody listens.
    } catch (IOException e) {
      hear.accept(new Answer.Failed(e));
    } catch (RuntimeException e) {
      hear.accept(new Answer.Failed(new IOException(e)));
    } catch (Error e) {
      // Whoever waits for the lane does not wait in vain.
      hear.accept(new Answer.Failed(new IOException(e)));
      throw e;
    }
  }

  private ShareReader open(VerifyCap cap, Optional<ShareHead> known)
      throws IOException, InterruptedException {
    var expected = source.prepare();
    if (known.isPresent()) {
      return new ShareReader(source, known.get());
    }
    if (expected.isPresent()) {
      source.keepFrom(expected.get().crypttextTree());
      try {
        return ShareReader.open(source, expected.get(), share.shareNumber(), cap);
      } catch (CorruptShareException _) {
        // Unless it is where the header says.
      }
    }
    var layout = ShareReader.layout(source, share.shareNumber());
    source.keepFrom(layout.crypttextTree());
    return ShareReader.open(source, layout, share.shareNumber(), cap);
  }

  FoundShare share() {
    return share;
  }

  /** Notes an answer. */
  void take(Answer answer) {
    switch (answer) {
      case Answer.Opened(var opened) -> {
        head = opened;
        headAt = scheduler.nanoTime();
      }
      case Answer.Hashes(var all) -> hashes = all;
      case Answer.Block block -> blocks.put(block.segment, block.bytes);
      case Answer.Bad(int segment, _) -> bad.add(segment);
      case Answer.Failed _ -> throw new IllegalStateException("a failed lane is given up");
    }
  }

  Optional<ShareHead> head() {
    return Optional.ofNullable(head);
  }

  /** Returns the tempo of the store that it reads from. */
  Tempo tempo() {
    return tempo;
  }

  /** Returns how many requests it begins with. */
  int requests() {
    return requests;
  }

  /** Returns how much it still has to read before it can answer anything, about. */
  long openingBytes() {
    return head == null ? openingBytes : 0;
  }

  /** Returns since when it does what it does now: open the share, or answer. */
  long since() {
    return head == null ? openedAt : headAt;
  }

  /** Returns since when it can be expected to answer what is asked at {@code start}. */
  long expectedSince(long start) {
    return head == null ? openedAt : Math.max(start, headAt);
  }

  /** Says whether it was late, and another one was opened in its place. */
  boolean isReplaced() {
    return replaced;
  }

  void setReplaced(boolean replaced) {
    this.replaced = replaced;
  }

  Optional<HashList> hashes() {
    return Optional.ofNullable(hashes);
  }

  Optional<byte[]> block(int segment) {
    return Optional.ofNullable(blocks.get(segment));
  }

  boolean hasBadHashes() {
    return bad.contains(Answer.Bad.HASHES);
  }

  boolean hasBadBlock(int segment) {
    return bad.contains(segment);
  }

  /** Asks for the hashes of the ciphertext's segments, once. */
  void askHashes() {
    if (!hashesAsked) {
      hashesAsked = true;
      questions.add(ShareLane::hashes);
    }
  }

  /**
   * Asks for the blocks of {@code segment} and some that follow, up to {@code last}, each once; the
   * blocks before are forgotten, overwritten, and never asked for again.
   */
  void askBlocks(int segment, int last) {
    blocks.entrySet().stream()
        .filter(old -> old.getKey() < segment)
        .forEach(old -> spare.add(old.getValue()));
    blocks.keySet().removeIf(old -> old < segment);
    bad.removeIf(old -> 0 <= old && old < segment);
    int end = Math.min(last, segment + READ_AHEAD);
    for (int s = Math.max(segment, lastBlockAsked + 1); s <= end; s++) {
      int wanted = s;
      questions.add(reader -> block(reader, wanted, last));
      lastBlockAsked = s;
    }
  }

  private static Answer hashes(ShareReader reader) throws IOException {
    try {
      return new Answer.Hashes(reader.segmentHashes());
    } catch (CorruptShareException e) {
      return new Answer.Bad(Answer.Bad.HASHES, e);
    }
  }

  private Answer block(ShareReader reader, int segment, int last) throws IOException {
    var geometry = reader.extension().geometry();
    long start = reader.layout().data() + geometry.blockStart(segment);
    source.stream(
        start, reader.layout().data() + geometry.blockStart(last) + geometry.blockBytes(last));
    byte[] block = room(geometry.blockBytes(segment));
    try {
      reader.readBlock(segment, block);
      return new Answer.Block(segment, block);
    } catch (CorruptShareException e) {
      return new Answer.Bad(segment, e);
    }
  }

  private byte[] room(int bytes) {
    byte[] used = spare.poll();
    return used != null && used.length >= bytes ? used : new byte[bytes];
  }

  /** Ends the lane; its store's call is interrupted. */
  @Override
  public void close() {
    strand.interrupt();
    source.close();
  }
}
