package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.memory.MemoryBackend;
import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.StorageIndex;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DoubtsTest {
  private static final Duration TIME = Duration.ofSeconds(30);

  private final HandClock clock = new HandClock();
  private final Doubts doubts = new Doubts(clock);

  private static StorageIndex file(int number) {
    byte[] index = new byte[StorageIndex.LENGTH];
    index[0] = (byte) number;
    index[1] = (byte) (number >> 8);
    return new StorageIndex(Bytes.copyOf(index));
  }

  private static List<ShareTarget> share(int number) {
    var store = new Store("operator", new MemoryBackend("store"));
    return List.of(new ShareTarget(number, store, ShareAddress.key(file(1), number), 1000, false));
  }

  @Test
  void whatWasGivenUpMayBeThereForSoLong() {
    doubts.add(file(1), share(3), TIME);
    assertThat(doubts.of(file(1)).of(3)).isEqualTo(Set.of("store"));
    assertThat(doubts.of(file(2)).distinctShares()).isZero();
    clock.pass(TIME);
    assertThat(doubts.of(file(1)).distinctShares()).isZero();
  }

  @Test
  void whatIsGivenUpAgainCountsFromThen() {
    doubts.add(file(1), share(3), TIME);
    clock.pass(TIME.dividedBy(2));
    doubts.add(file(1), share(3), TIME);
    doubts.add(file(1), share(4), TIME);
    clock.pass(TIME.dividedBy(2));
    assertThat(doubts.of(file(1)).distinctShares()).isEqualTo(2);
  }

  @Test
  void thereIsAMostOfFiles() {
    for (int i = 0; i <= Doubts.MAX_FILES; i++) {
      doubts.add(file(i), share(0), TIME);
    }
    assertThat(doubts.of(file(0)).distinctShares()).isZero();
    assertThat(doubts.of(file(1)).distinctShares()).isEqualTo(1);
    assertThat(doubts.of(file(Doubts.MAX_FILES)).distinctShares()).isEqualTo(1);
  }
}
