package io.raic.cloud.resilience;

import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Operation;

/** A download that holds its connection until it is closed. */
final class GuardedDownload implements Download {
  private final Guard guard;
  private final Asking asking;
  private final Passage passage;
  private final Download download;
  private final Deadline deadline;

  GuardedDownload(
      Guard guard, Asking asking, Passage passage, Download download, Deadline deadline) {
    this.guard = guard;
    this.asking = asking;
    this.passage = passage;
    this.download = download;
    this.deadline = deadline;
  }

  @Override
  public ObjectInfo info() {
    return download.info();
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    int piece = guard.pacer().piece(length);
    guard.pace(Operation.READ, piece, deadline.next());
    int got = 0;
    try {
      got =
          asking.ask(
              passage, Operation.READ, deadline.next(), () -> download.read(target, offset, piece));
    } finally {
      guard.pacer().takeBack(piece - Math.max(0, got));
    }
    guard.meter().read(Math.max(0, got));
    return got;
  }

  @Override
  public void close() {
    // First, so that a read that ends because of this is not held against the provider.
    passage.close();
    download.close();
  }
}
