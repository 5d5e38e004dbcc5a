package io.raic.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.ObjectKey;
import io.raic.cloud.resilience.CircuitPolicy;
import io.raic.cloud.resilience.GuardListener;
import io.raic.cloud.resilience.GuardPolicy;
import io.raic.cloud.resilience.GuardedBackend;
import io.raic.cloud.resilience.ProviderLimits;
import io.raic.cloud.resilience.Surroundings;
import io.raic.cloud.resilience.Transition;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.file.Encoding;
import io.raic.crypto.file.Shares;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody waits for a connection while he holds the only one. */
class OneConnectionTest {
  private static final byte[] LARGE = Clouds.data(41, 3_000_000);

  private static final GuardPolicy ONE =
      new GuardPolicy(
          new ProviderLimits(
              1,
              OptionalDouble.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              OptionalLong.empty()),
          CircuitPolicy.DEFAULT);

  private Clouds clouds;

  private static final class Deaf implements GuardListener {
    @Override
    public void changed(String provider, Transition transition) {}

    @Override
    public void credentialsEnd(String provider, Instant end, long daysLeft) {}

    @Override
    public void ledgerFailed(String provider, String reason) {}

    @Override
    public void lookingAfterFailed(String provider, String reason) {}
  }

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    clouds =
        Clouds.guarded(
            directory,
            driver ->
                new GuardedBackend(driver, ONE, Surroundings.of(Optional.empty(), new Deaf())));
  }

  @AfterEach
  void close() {
    clouds.close();
  }

  private Shares put(int segmentBytes) {
    var shares =
        Shares.encode(
            LARGE, FileKey.of(new byte[FileKey.LENGTH]), new Encoding(3, 5, segmentBytes));
    String si = shares.cap().storageIndex().text();
    for (int i = 0; i < 5; i++) {
      var name = ObjectKey.of("shares/%s/%s/%d".formatted(si.substring(0, 2), si, i));
      clouds.store(i).objects().put(name, shares.raw().get(i));
    }
    return shares;
  }

  @Test
  void aFileOfSegmentsThatNobodyExpectedIsRead() throws IOException {
    var cap = put(7777).cap();
    assertThat(clouds.get(cap, 1_000_000, 500_000))
        .isEqualTo(Arrays.copyOfRange(LARGE, 1_000_000, 1_500_000));
    assertThat(Arrays.equals(clouds.get(cap), LARGE)).isTrue();
  }

  @Test
  void everyByteOfALargeFileIsChecked() throws IOException {
    var cap = put(Clouds.SEGMENT_BYTES).cap();
    var check = clouds.repairer().check(cap.verifyCap(), true);
    assertThat(check.good().asMap()).hasSize(5);
  }
}
