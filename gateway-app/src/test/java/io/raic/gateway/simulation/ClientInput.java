package io.raic.gateway.simulation;

import io.raic.gateway.schedule.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** What a client sends, at the client's pace, up to where it breaks off. */
final class ClientInput extends InputStream {
  private final byte[] bytes;
  private final int breaksAt;
  private final double pauses;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private int position;

  /**
   * Sends {@code bytes}.
   *
   * @param breaksAt where the connection breaks; beyond the end if it does not
   * @param pauses how likely the client waits before it sends more
   */
  ClientInput(
      byte[] bytes, int breaksAt, double pauses, Scheduler scheduler, RandomGenerator random) {
    this.bytes = bytes;
    this.breaksAt = breaksAt;
    this.pauses = pauses;
    this.scheduler = scheduler;
    this.random = random;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (random.nextDouble() < pauses) {
      pause(scheduler, random);
    }
    if (position >= breaksAt) {
      throw new IOException("the client has gone");
    }
    if (position == bytes.length) {
      return -1;
    }
    int count = Math.min(length, bytes.length - position);
    if (count > 1 && random.nextBoolean()) {
      count = random.nextInt(1, count);
    }
    System.arraycopy(bytes, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  static void pause(Scheduler scheduler, RandomGenerator random) throws InterruptedIOException {
    try {
      scheduler.sleep(Duration.ofMillis(random.nextLong(1, 1500)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
