package io.raic.benchmarks.system.store;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Pieces of memory outside of the heap, used again and again: the network copies to them itself.
 */
final class Slabs {
  /** How long a piece is. */
  static final int BYTES = 1 << 17;

  private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

  /** Returns memory for a body; of a short one just as much as it takes. */
  ByteBuffer[] take(int length) {
    if (length <= BYTES / 2) {
      return length == 0 ? new ByteBuffer[0] : new ByteBuffer[] {ByteBuffer.allocate(length)};
    }
    var pieces = new ByteBuffer[(length + BYTES - 1) / BYTES];
    for (int i = 0; i < pieces.length; i++) {
      var found = free.poll();
      pieces[i] = found == null ? ByteBuffer.allocateDirect(BYTES) : found;
      pieces[i].clear().limit(Math.min(BYTES, length - i * BYTES));
    }
    return pieces;
  }

  /** Takes pieces back that nobody uses any more. */
  void give(ByteBuffer[] pieces) {
    for (var piece : pieces) {
      if (piece.isDirect()) {
        free.add(piece);
      }
    }
  }
}
