package io.raic.gateway.simulation;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Operation;
import java.util.Objects;

/** A body on its way from a provider. */
final class ProviderDownload implements Download {
  private final Provider provider;
  private final ProviderCall.Room store;
  private final ProviderCall.Room room = new ProviderCall.Room();
  private final ObjectInfo info;
  private final byte[] bytes;
  private final Deadline deadline;
  private final int end;
  private final boolean truncated;
  private int position;

  ProviderDownload(
      Provider provider,
      ProviderCall.Room store,
      ObjectInfo info,
      byte[] bytes,
      ByteRange range,
      Deadline deadline,
      boolean truncated) {
    this.provider = provider;
    this.store = store;
    this.info = info;
    this.bytes = bytes;
    this.deadline = deadline;
    int wanted = (int) Math.min(range.end(), bytes.length);
    this.position = (int) Math.min(range.start(), bytes.length);
    int all = Math.max(0, wanted - position);
    this.end = truncated ? position + all / 2 : position + all;
    this.truncated = truncated;
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    var call = new ProviderCall(provider, Operation.READ, deadline.step(), store, room);
    if (position == end) {
      if (truncated && provider.world().simulation().random().nextBoolean()) {
        throw new BackendException.Corrupt(call.request(), "the body ends early");
      }
      return -1;
    }
    int most = Math.min(length, end - position);
    int count = most <= 1024 ? most : provider.world().simulation().random().nextInt(512, most + 1);
    call.goes(count);
    if (call.is(Trouble.HANGS_MID_BODY)) {
      call.hang();
    }
    if (call.is(Trouble.RESETS_MID_BODY)) {
      throw call.unavailable("reset");
    }
    System.arraycopy(bytes, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() {
    room.close(provider.world().simulation());
  }
}
