package io.raic.gateway.grid;

import io.raic.cloud.BackendException;
import io.raic.gateway.schedule.Mailbox;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.io.IOException;
import java.util.Optional;

/** A part of a share on its way, on a thread of its own. One thread may wait for it. */
final class KeptFetch implements AutoCloseable {
  private sealed interface Outcome {
    /** What came. */
    final class Bytes implements Outcome {
      final byte[] all;

      Bytes(byte[] all) {
        this.all = all;
      }
    }

    record Failed(IOException reason) implements Outcome {}
  }

  /** Reads the part. */
  @FunctionalInterface
  interface Fetch {
    byte[] bytes() throws IOException;
  }

  private final Mailbox<Outcome> arrived;
  private final Strand strand;

  private KeptFetch(Mailbox<Outcome> arrived, Strand strand) {
    this.arrived = arrived;
    this.strand = strand;
  }

  static KeptFetch start(Scheduler scheduler, Fetch fetch) {
    var arrived = new Mailbox<Outcome>(scheduler, 1);
    return new KeptFetch(arrived, scheduler.start("share-end", () -> run(fetch, arrived)));
  }

  private static void run(Fetch fetch, Mailbox<Outcome> arrived) {
    try {
      arrived.add(outcome(fetch));
    } catch (Error e) {
      arrived.add(new Outcome.Failed(new IOException(e)));
      throw e;
    }
  }

  private static Outcome outcome(Fetch fetch) {
    try {
      return new Outcome.Bytes(fetch.bytes());
    } catch (IOException e) {
      return new Outcome.Failed(e);
    } catch (BackendException e) {
      return new Outcome.Failed(new IOException(e.getMessage(), e));
    } catch (RuntimeException e) {
      return new Outcome.Failed(new IOException(e));
    }
  }

  /** Returns the bytes if they come within {@code nanos}. */
  Optional<byte[]> await(long nanos) throws IOException, InterruptedException {
    var outcome = arrived.poll(nanos);
    return outcome.isEmpty() ? Optional.empty() : Optional.of(bytes(outcome.get()));
  }

  /** Returns the bytes, however long they take. */
  byte[] await() throws IOException, InterruptedException {
    return bytes(arrived.take());
  }

  private static byte[] bytes(Outcome outcome) throws IOException {
    return switch (outcome) {
      case Outcome.Bytes bytes -> bytes.all;
      case Outcome.Failed(var reason) -> throw reason;
    };
  }

  /** Ends it; the store's call is interrupted. */
  @Override
  public void close() {
    strand.interrupt();
  }
}
