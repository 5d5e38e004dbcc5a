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

/** A share on disk, whole or in chunks that follow each other; opened when it is first read. */
final class ShareFile implements ShareSource, Closeable {
  private final List<Path> chunks;
  private final List<FileChannel> channels = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();

  /** Will read the share whose bytes stand in {@code chunks}, in this order. */
  ShareFile(List<Path> chunks) {
    this.chunks = List.copyOf(chunks);
  }

  @Override
  public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
    open();
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

  private void open() throws Failure {
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
