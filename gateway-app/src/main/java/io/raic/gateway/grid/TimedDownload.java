package io.raic.gateway.grid;

import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.gateway.schedule.Scheduler;

/**
 * A download that tells how long the store took for the first byte, and for those after it. The
 * time that nobody reads does not count.
 */
final class TimedDownload implements Download {
  /** So many bytes tell how fast a store is; fewer, how they happened to be cut. */
  private static final int TELLING_BYTES = 64 << 10;

  private final Download download;
  private final long openingNanos;
  private final Tempo tempo;
  private final Scheduler scheduler;
  private boolean begun;
  private long bytes;
  private long nanos;

  /**
   * Times {@code download}.
   *
   * @param openingNanos how long opening it took
   */
  TimedDownload(Download download, long openingNanos, Tempo tempo, Scheduler scheduler) {
    this.download = download;
    this.openingNanos = openingNanos;
    this.tempo = tempo;
    this.scheduler = scheduler;
  }

  @Override
  public ObjectInfo info() {
    return download.info();
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    long start = scheduler.nanoTime();
    int got = download.read(target, offset, length);
    long took = scheduler.nanoTime() - start;
    if (!begun) {
      begun = true;
      tempo.answered(Tempo.Wait.FIRST_BYTE, openingNanos + took);
      return got;
    }
    bytes += Math.max(0, got);
    nanos += took;
    if (bytes >= TELLING_BYTES) {
      tempo.moved(bytes, nanos);
      bytes = 0;
      nanos = 0;
    }
    return got;
  }

  @Override
  public void close() {
    download.close();
  }
}
