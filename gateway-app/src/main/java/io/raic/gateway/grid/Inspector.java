package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.share.CorruptShareException;
import io.raic.crypto.share.ShareReader;
import io.raic.gateway.grid.Inspection.InspectedShare;
import io.raic.gateway.schedule.Fanout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Looks at shares where they are, all at once, with nothing but the verify cap. */
final class Inspector {
  private final VerifyCap cap;
  private final Limits limits;
  private final Fanout fanout;
  private final Reading reading;
  private final ExpectedFile expected;

  Inspector(VerifyCap cap, Reading reading, Fanout fanout) {
    this.cap = cap;
    this.limits = reading.limits();
    this.fanout = fanout;
    this.reading = reading;
    this.expected = new ExpectedFile(cap, reading.segmentSizes(), 0, cap.size());
  }

  Inspection inspect(Survey survey, boolean everyByte) throws IOException {
    var found =
        survey.shares().stream().filter(share -> share.shareNumber() < cap.total()).toList();
    List<Callable<InspectedShare>> calls = new ArrayList<>();
    found.forEach(share -> calls.add(() -> inspect(share, everyByte)));
    long longest = found.stream().mapToLong(FoundShare::bytes).max().orElse(0);
    try {
      var outcomes = fanout.all(calls, limits.moving(everyByte ? longest : 0));
      var inspected = new ArrayList<InspectedShare>();
      for (int i = 0; i < found.size(); i++) {
        inspected.add(
            switch (outcomes.get(i)) {
              case Fanout.Outcome.Done(var share) -> share;
              case Fanout.Outcome.Failed(var reason) ->
                  problem(
                      found.get(i), Optional.empty(), String.valueOf(reason.getMessage()), false);
            });
      }
      return new Inspection(survey, inspected);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while looking at shares", e);
    }
  }

  private InspectedShare inspect(FoundShare share, boolean everyByte) {
    var layout = expected.share(share.bytes());
    // What can be used of the share, as far as it is known when something goes wrong.
    Optional<BitSet> badBlocks = Optional.empty();
    try (var source = new CloudShareSource(share, layout, reading)) {
      var reader = ShareReader.open(source, share.shareNumber(), cap);
      if (everyByte) {
        badBlocks = Optional.of(reader.badBlocks());
        requireNone(share, badBlocks.get());
        reader.verifyAllButBlocks();
      }
      return InspectedShare.good(
          share.store().id(), share.shareNumber(), reader.layout().version());
    } catch (CorruptShareException e) {
      reading.badShares().increment();
      return problem(share, badBlocks, String.valueOf(e.getMessage()), true);
    } catch (IOException e) {
      return problem(share, badBlocks, String.valueOf(e.getMessage()), false);
    }
  }

  private static void requireNone(FoundShare share, BitSet badBlocks) throws CorruptShareException {
    if (!badBlocks.isEmpty()) {
      throw new CorruptShareException(
          share.shareNumber(),
          "%d bad blocks, the first of segment %d"
              .formatted(badBlocks.cardinality(), badBlocks.nextSetBit(0)));
    }
  }

  private static InspectedShare problem(
      FoundShare share, Optional<BitSet> badBlocks, String problem, boolean corrupt) {
    return new InspectedShare(
        share.store().id(), share.shareNumber(), 0, badBlocks, Optional.of(problem), corrupt);
  }
}
