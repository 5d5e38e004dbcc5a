package io.raic.gateway.cli;

import io.raic.crypto.share.ShareSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A share on disk, whole or in chunks that follow each other; opened when it is first read. A
 * storage server's own file (format §17), with the share between a header and leases, is read as
 * the share.
 */
final class ShareFile implements ShareSource, Closeable {
  private static final int CONTAINER_HEADER = 12;
  private static final int LEASE = 72;

  /** Where the first section of a share begins, in both versions of its header. */
  private static final int DATA_OFFSET_1 = 0x24;

  private static final int DATA_OFFSET_2 = 0x44;

  private final List<Path> chunks;
  private final List<FileChannel> channels = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();
  private long shareStart;
  private long shareEnd;

  /** Will read the share whose bytes stand in {@code chunks}, in this order. */
  ShareFile(List<Path> chunks) {
    this.chunks = List.copyOf(chunks);
  }

  @Override
  public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
    open();
    long left = shareEnd - shareStart - offset;
    return left <= 0
        ? 0
        : readFile(shareStart + offset, target, targetOffset, (int) Math.min(length, left));
  }

  private int readFile(long offset, byte[] target, int targetOffset, int length)
      throws IOException {
    int done = 0;
    long start = 0;
    for (int i = 0; i < channels.size() && done < length; i++) {
      long end = ends.get(i);
      long from = offset + done;
      if (from < end) {
        int wanted = (int) Math.min(length - done, end - from);
        done += read(i, from - start, ByteBuffer.wrap(target, targetOffset + done, wanted));
      }
      start = end;
    }
    return done;
  }

  private int read(int chunk, long offset, ByteBuffer into) throws IOException {
    int done = 0;
    try {
      while (into.hasRemaining()) {
        int got = channels.get(chunk).read(into, offset + done);
        if (got < 0) {
          break;
        }
        done += got;
      }
      return done;
    } catch (IOException e) {
      throw Failure.of("cannot read " + chunks.get(chunk), e);
    }
  }

  private void open() throws IOException {
    if (channels.size() == chunks.size()) {
      return;
    }
    openChunks();
    shareStart = 0;
    shareEnd = ends.getLast();
    byte[] start = new byte[CONTAINER_HEADER + DATA_OFFSET_1];
    var words = ByteBuffer.wrap(start);
    if (readFile(0, start, 0, start.length) == start.length && isContainer(words)) {
      long leases = Integer.toUnsignedLong(words.getInt(8));
      shareStart = CONTAINER_HEADER;
      shareEnd = Math.max(shareStart, shareEnd - leases * LEASE);
    }
  }

  /** A share's own version follows at once: in a share, that place has a length or an offset. */
  private static boolean isContainer(ByteBuffer words) {
    int version = words.getInt(0);
    return (version == 1 || version == 2)
        && switch (words.getInt(CONTAINER_HEADER)) {
          case 1 -> words.getInt(CONTAINER_HEADER + 12) == DATA_OFFSET_1;
          case 2 -> words.getLong(CONTAINER_HEADER + 20) == DATA_OFFSET_2;
          default -> false;
        };
  }

  private void openChunks() throws Failure {
    long end = ends.isEmpty() ? 0 : ends.getLast();
    for (var chunk : chunks.subList(channels.size(), chunks.size())) {
      try {
        var channel = FileChannel.open(chunk, StandardOpenOption.READ);
        channels.add(channel);
        end += channel.size();
        ends.add(end);
      } catch (IOException e) {
        throw Failure.of("cannot read " + chunk, e);
      }
    }
  }

  @Override
  public void close() {
    for (var channel : channels) {
      try {
        channel.close();
      } catch (IOException _) {
        // Nothing was written.
      }
    }
  }
}
