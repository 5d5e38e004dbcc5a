package io.raic.gateway.grid;

import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.gateway.schedule.Scheduler;
import java.io.IOException;
import java.time.Duration;

/**
 * The bytes of a share in a store, be they one object or several. What the store takes to answer is
 * noted in its {@link Tempo}. For any number of threads.
 */
final class ShareObject {
  /** No share is this long: sums below it do not overflow. */
  private static final long MAX_BYTES = 1L << 60;

  private static final long UNKNOWN = -1;

  private final FoundShare share;
  private final Duration step;
  private final ExtraRequests extras;
  private final Tempo tempo;
  private final Scheduler scheduler;
  private volatile long bytes;

  /**
   * Makes no request yet.
   *
   * @param step the longest that opening, or the next bytes, may take
   * @param tempo of the store
   * @param extras told of each request
   */
  ShareObject(
      FoundShare share, Duration step, Tempo tempo, ExtraRequests extras, Scheduler scheduler) {
    this.share = share;
    this.step = step;
    this.extras = extras;
    this.tempo = tempo;
    this.scheduler = scheduler;
    this.bytes = share.isGuess() ? UNKNOWN : share.bytes();
  }

  /** Says whether the length of the share is known: from the start, or since the first answer. */
  boolean isLengthKnown() {
    return bytes != UNKNOWN;
  }

  /** Returns the length of the share, once it is known. */
  long bytes() {
    if (bytes == UNKNOWN) {
      throw new IllegalStateException("nobody has told the length of the share yet");
    }
    return bytes;
  }

  /** Returns how long the store may take for the first byte and {@code count} in all. */
  long lateNanos(long count) {
    return tempo.lateNanos(count);
  }

  /**
   * Opens what there is of the bytes from {@code start} up to {@code end}: as far as the chunk
   * reaches that holds the first one.
   *
   * @throws AbsentShareException if the store has none
   * @throws io.raic.cloud.BackendException if the store fails
   */
  Download open(long start, long end) throws IOException {
    if (share.isGuess()) {
      var download = get(share.key(), new ByteRange(start, end));
      learn(download);
      return download;
    }
    long chunkStart = 0;
    for (ObjectInfo chunk : share.chunks()) {
      if (start < chunkStart + chunk.size()) {
        return get(
            chunk.key(),
            new ByteRange(start - chunkStart, Math.min(end - chunkStart, chunk.size())));
      }
      chunkStart += chunk.size();
    }
    throw new IOException("the share ends early");
  }

  private Download get(ObjectKey key, ByteRange range) throws IOException {
    extras.made();
    long asked = scheduler.nanoTime();
    var download = share.store().backend().get(key, range, Deadline.in(step));
    long opening = scheduler.nanoTime() - asked;
    if (download.isEmpty()) {
      tempo.answered(Tempo.Wait.FIRST_BYTE, opening);
      throw new AbsentShareException();
    }
    return new TimedDownload(download.get(), opening, tempo, scheduler);
  }

  private void learn(Download download) throws IOException {
    long told = download.info().size();
    if (told < 0 || told > MAX_BYTES) {
      download.close();
      throw new IOException("no share has %d bytes".formatted(told));
    }
    bytes = told;
  }
}
