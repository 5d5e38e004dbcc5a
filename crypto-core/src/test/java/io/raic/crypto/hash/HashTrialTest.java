package io.raic.crypto.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class HashTrialTest {
  private long now;

  @Test
  void theVectorKernelGivesTheRightBytes() {
    var kernel = HashKernels.vector();
    assumeThat(kernel).as("vectors of 512 bits").isPresent();
    assertThat(HashTrial.givesRightBytes(kernel.orElseThrow())).isTrue();
  }

  @Test
  void aKernelThatIsWrongIsFoundOut() {
    assertThat(HashTrial.givesRightBytes(() -> (_, _, _, _) -> {})).isFalse();
  }

  @Test
  void aKernelWithOneWrongLaneIsFoundOut() {
    var kernel = HashKernels.vector();
    assumeThat(kernel).as("vectors of 512 bits").isPresent();
    assertThat(HashTrial.givesRightBytes(wrongInOneLane(kernel.orElseThrow()))).isFalse();
  }

  private static Supplier<LaneKernel> wrongInOneLane(Supplier<LaneKernel> kernel) {
    return () -> {
      var right = kernel.get();
      return (state, arrays, starts, blocks) -> {
        right.compress(state, arrays, starts, blocks);
        state[LaneKernel.LANES - 1] ^= 1;
      };
    };
  }

  @Test
  void aKernelThatThrowsIsFoundOut() {
    assertThat(
            HashTrial.givesRightBytes(() -> {
              throw new NoClassDefFoundError();
            }))
        .isFalse();
    assertThat(
            HashTrial.givesRightBytes(() ->
                (_, _, _, _) -> {
                  throw new IndexOutOfBoundsException();
                }))
        .isFalse();
  }

  @Test
  void aKernelThatIsSlowerLoses() {
    LaneKernel slow = (_, _, _, blocks) -> now += blocks * 1_000_000L;
    assertThat(new HashTrial(slow, () -> now).costs()).isEmpty();
  }

  /** The clock goes on by 10 ms whenever it is asked, and lanes put it back. */
  @Test
  void aKernelThatIsFasterWinsAndItsCostsAreMeasured() {
    LaneKernel fast = (_, _, _, blocks) -> now -= blocks * 1_000L;
    var costs = new HashTrial(fast, () -> now += 10_000_000L).costs().orElseThrow();
    assertThat(costs.messageAlone()).isCloseTo(10_000_000.0 / 15, within(1.0));
    assertThat(costs.blockAlone()).isZero();
    assertThat(costs.step()).isZero();
  }
}
