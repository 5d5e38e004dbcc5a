package io.raic.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileStateTest {
  private static final Instant STORED = Instant.ofEpochSecond(1_700_000_000);
  private static final Instant CHECKED = STORED.plusSeconds(1000);
  private static final VerifyCap CAP =
      new VerifyCap(
          new StorageIndex(Bytes.copyOf(new byte[StorageIndex.LENGTH])),
          Bytes.copyOf(new byte[32]),
          3,
          5,
          100);

  private static Observation observation(
      Observation.Way way, Instant at, boolean isProven, List<ShareResult> results) {
    var seen = new ArrayList<Observation.Seen>();
    for (int share = 0; share < results.size(); share++) {
      seen.add(new Observation.Seen(share, "s" + share, 50, results.get(share), isProven));
    }
    return new Observation(CAP.storageIndex(), Optional.of(CAP), way, at, at, Set.of(), seen);
  }

  private static List<ShareResult> four(ShareResult first) {
    return Stream.concat(Stream.of(first), Stream.generate(() -> ShareResult.GOOD).limit(4))
        .toList();
  }

  private static Observation stored(Instant at) {
    return observation(new Observation.Way.Stored("", true), at, true, four(ShareResult.GOOD));
  }

  private static Observation checked(Instant at, boolean everyByte, ShareResult first) {
    return observation(new Observation.Way.Checked(), at, everyByte, four(first));
  }

  @Test
  void aShareThatCouldNotBeReadIsWhatItWasAndTheFileIsCheckedAgain() {
    var file = new FileState();
    file.learn(stored(STORED));
    file.learn(checked(CHECKED, false, ShareResult.UNREADABLE));

    assertThat(file.good()).isEqualTo(5);
    assertThat(file.checkedAt()).isEqualTo(STORED.toEpochMilli());

    file.learn(checked(CHECKED.plusSeconds(1), false, ShareResult.BAD));
    file.learn(checked(CHECKED.plusSeconds(2), false, ShareResult.UNREADABLE));
    assertThat(file.good()).isEqualTo(4);
    assertThat(file.checkedAt()).isEqualTo(CHECKED.plusSeconds(1).toEpochMilli());
  }

  @Test
  void aShareThatNobodyEverReadDoesNotCount() {
    var file = new FileState();
    file.learn(checked(CHECKED, false, ShareResult.UNREADABLE));

    assertThat(file.good()).isEqualTo(4);
    assertThat(file.checkedAt()).isZero();
  }

  @Test
  void whatIsBadIsGoodOnceEveryByteWasReadOrWritten() {
    var file = new FileState();
    file.learn(stored(STORED));
    file.learn(checked(CHECKED, true, ShareResult.BAD));
    file.learn(checked(CHECKED.plusSeconds(1), false, ShareResult.GOOD));
    assertThat(file.good()).isEqualTo(4);

    // A repair that did not write it found it good, as a quick look does.
    file.learn(
        observation(
            new Observation.Way.Stored("", false),
            CHECKED.plusSeconds(2),
            false,
            four(ShareResult.GOOD)));
    assertThat(file.good()).isEqualTo(4);

    file.learn(checked(CHECKED.plusSeconds(3), true, ShareResult.GOOD));
    assertThat(file.good()).isEqualTo(5);

    file.learn(checked(CHECKED.plusSeconds(4), true, ShareResult.BAD));
    file.learn(stored(CHECKED.plusSeconds(5)));
    assertThat(file.good()).isEqualTo(5);
  }

  @Test
  void aCheckSaysNothingOfSharesThatTheFileCannotHave() {
    var file = new FileState();
    file.learn(stored(STORED));
    var listed =
        Stream.concat(four(ShareResult.LISTED).stream(), Stream.of(ShareResult.LISTED)).toList();
    file.learn(observation(new Observation.Way.Listed(), CHECKED, false, listed));
    var extra = new FileState.Place(5, "s5");
    assertThat(file.changed().get(extra)).extracting("result").isEqualTo(ShareResult.LISTED);

    file.learn(checked(CHECKED.plusSeconds(1), true, ShareResult.GOOD));
    assertThat(file.changed().get(extra)).extracting("result").isEqualTo(ShareResult.LISTED);

    file.learn(
        observation(
            new Observation.Way.Listed(), CHECKED.plusSeconds(2), false, four(ShareResult.LISTED)));
    assertThat(file.changed().get(extra)).extracting("result").isEqualTo(ShareResult.MISSING);
  }
}
