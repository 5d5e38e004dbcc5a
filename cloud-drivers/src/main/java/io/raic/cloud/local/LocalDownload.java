package io.raic.cloud.local;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/** A part of an open file. */
final class LocalDownload implements Download {
  private static final Set<OpenOption> OPEN =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final LocalBackend backend;
  private final FileChannel channel;
  private final ObjectInfo info;
  private final Deadline deadline;
  private final long end;
  private long position;

  private LocalDownload(
      LocalBackend backend,
      FileChannel channel,
      ObjectInfo info,
      ByteRange range,
      Deadline deadline) {
    this.backend = backend;
    this.channel = channel;
    this.info = info;
    this.deadline = deadline;
    this.end = Math.min(info.size(), range.end());
    this.position = range.start();
  }

  static Optional<Download> open(
      LocalBackend backend, LocalCall call, ObjectKey key, ByteRange range) throws IOException {
    while (true) {
      call.requireTime();
      var info = backend.tree().find(key);
      if (info.isEmpty()) {
        return Optional.empty();
      }
      var channel = openFile(backend.tree().path(key));
      if (channel.isPresent()) {
        var download =
            new LocalDownload(backend, channel.get(), info.get(), range, call.deadline());
        if (download.isOfThatVersion(key)) {
          return Optional.of(download);
        }
      }
    }
  }

  private static Optional<FileChannel> openFile(Path path) throws IOException {
    try {
      return Optional.of(FileChannel.open(path, OPEN));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Only if nobody has replaced the file until it was open are these the bytes of its version. */
  private boolean isOfThatVersion(ObjectKey key) throws IOException {
    boolean isSame = false;
    try {
      isSame = backend.tree().find(key).equals(Optional.of(info));
    } finally {
      if (!isSame) {
        close();
      }
    }
    return isSame;
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    return backend.run(
        Operation.READ, deadline.next(), call -> read(target, offset, length, call.request()));
  }

  private int read(byte[] target, int offset, int length, Request request) throws IOException {
    if (position >= end) {
      return -1;
    }
    int wanted = (int) Math.min(Math.min(length, LocalBackend.SLICE_BYTES), end - position);
    int got = channel.read(ByteBuffer.wrap(target, offset, wanted), position);
    if (got < 0) {
      throw new BackendException.Corrupt(request, "the file ended early");
    }
    position += got;
    return got;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // What was read was read.
    }
  }
}
