package io.raic.benchmarks.system.store;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An object, whose memory is given back when it is neither there nor read any more. */
final class Stored {
  private final String tag;
  private final Map<String, String> metadata;
  private final ByteBuffer[] pieces;
  private final long[] starts;
  private final long length;
  private final Slabs slabs;
  private final AtomicInteger users = new AtomicInteger(1);

  /** Takes over {@code pieces}, each of which is used from 0 to its limit. */
  Stored(String tag, Map<String, String> metadata, ByteBuffer[] pieces, Slabs slabs) {
    this.tag = tag;
    this.metadata = metadata;
    this.pieces = pieces;
    this.slabs = slabs;
    this.starts = new long[pieces.length];
    long all = 0;
    for (int i = 0; i < pieces.length; i++) {
      starts[i] = all;
      all += pieces[i].limit();
    }
    this.length = all;
  }

  String tag() {
    return tag;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  long length() {
    return length;
  }

  /** Says whether the object can still be used; who was told so releases it. */
  boolean isHeld() {
    return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** Ends a use, the first of which is being there. */
  void release() {
    if (users.decrementAndGet() == 0) {
      slabs.give(pieces);
    }
  }

  /** Returns the bytes from {@code start} to {@code end}, or as many of them as lie together. */
  ByteBuffer bytes(long start, long end) {
    int at = java.util.Arrays.binarySearch(starts, start);
    int index = at >= 0 ? at : -at - 2;
    int from = (int) (start - starts[index]);
    int to = (int) Math.min(pieces[index].limit(), end - starts[index]);
    return pieces[index].slice(from, to - from);
  }
}
