package io.raic.gateway.simulation;

import io.raic.gateway.schedule.Scheduler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** What a client gets, each byte of which must be right. */
final class ClientOutput extends OutputStream {
  private final byte[] expected;
  private final double pauses;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private int position;

  /**
   * Expects these bytes.
   *
   * @param pauses how likely the client waits before it takes more
   */
  ClientOutput(byte[] expected, double pauses, Scheduler scheduler, RandomGenerator random) {
    this.expected = expected;
    this.pauses = pauses;
    this.scheduler = scheduler;
    this.random = random;
  }

  @Override
  public void write(byte[] data, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, data.length);
    if (random.nextDouble() < pauses) {
      ClientInput.pause(scheduler, random);
    }
    Oracle.require(length <= expected.length - position, "more bytes came than there are");
    Oracle.require(
        Arrays.equals(data, offset, offset + length, expected, position, position + length),
        "wrong bytes came, somewhere after byte %d".formatted(position));
    position += length;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  void requireComplete() {
    Oracle.require(
        position == expected.length, "%d of %d bytes came".formatted(position, expected.length));
  }
}
