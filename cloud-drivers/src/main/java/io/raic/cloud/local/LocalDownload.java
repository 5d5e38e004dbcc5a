package io.raic.cloud.local;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of an open file. */
final class LocalDownload implements Download {
  private final String id;
  private final FileChannel channel;
  private final ObjectInfo info;
  private final long end;
  private long position;

  LocalDownload(String id, FileChannel channel, ObjectInfo info, ByteRange range) {
    this.id = id;
    this.channel = channel;
    this.info = info;
    this.end = Math.min(info.size(), range.end());
    this.position = range.start();
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (position >= end) {
      return -1;
    }
    try {
      int wanted = (int) Math.min(length, end - position);
      int got = channel.read(ByteBuffer.wrap(target, offset, wanted), position);
      if (got < 0) {
        throw new BackendException.Corrupt(id, "read: the file ended early");
      }
      position += got;
      return got;
    } catch (IOException e) {
      throw LocalErrors.translate(id, "read", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw LocalErrors.translate(id, "close", e);
    }
  }
}
