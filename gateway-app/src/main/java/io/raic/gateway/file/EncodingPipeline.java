package io.raic.gateway.file;

import io.raic.crypto.file.Ciphertext;
import io.raic.crypto.file.FileEncoder;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.UriExtension;
import io.raic.gateway.schedule.Mailbox;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Encodes on a second thread while the first one receives and encrypts what comes next, so that one
 * upload uses two processors.
 *
 * <p>The client's stream is read by the caller's thread alone: a request ends with its thread, and
 * nobody may read of it later. Memory: {@link #memoryBytes}. For any number of threads.
 */
final class EncodingPipeline {
  private static final Duration A_WHILE = Duration.ofSeconds(1);

  private final Scheduler scheduler;

  EncodingPipeline(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Returns how much memory the segments take that are read ahead of those that are encoded: as
   * many as the encoder takes at a time.
   */
  static long memoryBytes(Geometry geometry, int depth) {
    return geometry.segments() == 1 ? 0 : (long) depth * geometry.segmentBytes();
  }

  /**
   * Encodes all of {@code ciphertext}; nothing of it goes on after the return.
   *
   * @param depth how many segments the encoder takes at a time
   * @throws IOException of {@code ciphertext} or a sink
   */
  UriExtension encode(FileEncoder encoder, Ciphertext ciphertext, int depth) throws IOException {
    return ciphertext.geometry().segments() == 1
        ? encoder.encode(ciphertext)
        : new Run(encoder, ciphertext, depth).encode();
  }

  /** What came of the encoder. */
  private sealed interface Outcome {
    record Encoded(UriExtension extension) implements Outcome {}

    record Broken(Throwable failure) implements Outcome {}
  }

  /** One file's way. */
  private final class Run {
    private final FileEncoder encoder;
    private final Ciphertext ciphertext;
    private final Geometry geometry;
    private final int depth;
    private final Mailbox<byte[]> filled;
    private final Mailbox<Optional<byte[]>> empty;
    private final Mailbox<Outcome> outcome = new Mailbox<>(scheduler, 1);
    private volatile boolean isOver;

    Run(FileEncoder encoder, Ciphertext ciphertext, int depth) {
      this.depth = depth;
      this.filled = new Mailbox<>(scheduler, depth);
      // One more: the encoder's end comes here too, so that the reader hears of it.
      this.empty = new Mailbox<>(scheduler, depth + 1);
      this.encoder = encoder;
      this.ciphertext = ciphertext;
      this.geometry = ciphertext.geometry();
    }

    UriExtension encode() throws IOException {
      for (int i = 0; i < depth; i++) {
        empty.add(Optional.of(new byte[geometry.segmentBytes()]));
      }
      var strand = scheduler.start("encode", this::runEncoder);
      try {
        readAhead();
        return result(outcome.take());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while encoding");
      } finally {
        end(strand);
      }
    }

    private void runEncoder() {
      Outcome made;
      try {
        made = new Outcome.Encoded(encoder.encode(new ReadAhead()));
      } catch (IOException | RuntimeException | Error e) {
        made = new Outcome.Broken(e);
      }
      isOver = true;
      outcome.add(made);
      empty.add(Optional.empty());
    }

    private void readAhead() throws IOException, InterruptedException {
      for (int segment = 0; segment < geometry.segments(); segment++) {
        var buffer = empty.take();
        if (isOver || buffer.isEmpty()) {
          return;
        }
        ciphertext.read(segment, buffer.get());
        filled.add(buffer.get());
      }
    }

    private UriExtension result(Outcome made) throws IOException {
      return switch (made) {
        case Outcome.Encoded(var extension) -> extension;
        case Outcome.Broken(IOException failure) -> throw failure;
        case Outcome.Broken(RuntimeException failure) -> throw failure;
        case Outcome.Broken(var failure) -> throw new IllegalStateException(failure);
      };
    }

    /** The encoder's sinks are the caller's again after this. */
    private void end(Strand strand) {
      boolean interrupted = false;
      boolean ended = false;
      while (!ended) {
        strand.interrupt();
        try {
          ended = strand.join(A_WHILE);
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    /** What the encoder reads of. */
    private final class ReadAhead implements Ciphertext {
      @Override
      public Geometry geometry() {
        return geometry;
      }

      @Override
      public void read(int segment, byte[] target) throws IOException {
        byte[] copy = new byte[target.length];
        System.arraycopy(exchange(segment, copy), 0, target, 0, geometry.segmentLength(segment));
      }

      @Override
      public byte[] exchange(int segment, byte[] target) throws IOException {
        try {
          byte[] buffer = filled.take();
          empty.add(Optional.of(target));
          return buffer;
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted while encoding");
        }
      }
    }
  }
}
