package io.raic.crypto.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelTrialTest {
  private long now;

  @Test
  void theKernelsThereAreGiveTheRightBytes() {
    assertThat(KernelTrial.givesRightBytes(Kernels.scalar()::combine)).isTrue();
    assertThat(KernelTrial.givesRightBytes(Kernels.portable()::combine)).isTrue();
    assertThat(KernelTrial.givesRightBytes(Kernels.vector().orElseThrow()::combine)).isTrue();
  }

  @Test
  void aKernelWithOneWrongByteIsFoundOut() {
    KernelTrial.Combination wrong =
        (rows, sources, targets, length) -> {
          Kernels.scalar().combine(rows, sources, targets, length);
          if (length >= 256) {
            targets.arrays[targets.count() - 1][length - 1] ^= 1;
          }
        };
    assertThat(KernelTrial.givesRightBytes(wrong)).isFalse();
  }

  @Test
  void aKernelThatThrowsIsFoundOut() {
    assertThat(
            KernelTrial.givesRightBytes((_, _, _, _) -> {
              throw new IndexOutOfBoundsException();
            }))
        .isFalse();
    assertThat(
            KernelTrial.givesRightBytes((_, _, _, _) -> {
              throw new NoClassDefFoundError();
            }))
        .isFalse();
  }

  @Test
  void theFasterKernelWins() {
    assertThat(KernelTrial.isFaster(taking(1_000), taking(2_000), () -> now)).isTrue();
    assertThat(KernelTrial.isFaster(taking(2_000), taking(1_000), () -> now)).isFalse();
    assertThat(KernelTrial.isFaster(taking(1_000), taking(1_000), () -> now)).isFalse();
  }

  @Test
  void aKernelThatBecomesFasterWhenItIsCompiledWins() {
    int[] calls = {0};
    KernelTrial.Combination warming = (_, _, _, _) -> now += calls[0]++ < 500 ? 2_000_000 : 1_000;
    assertThat(KernelTrial.isFaster(warming, taking(2_000), () -> now)).isTrue();
  }

  @Test
  void aKernelThatIsSometimesSlowerLoses() {
    int[] calls = {0};
    KernelTrial.Combination stumbling =
        (_, _, _, _) -> now += calls[0]++ % 10 == 0 ? 3_000_000 : 1_000;
    assertThat(KernelTrial.isFaster(stumbling, taking(2_000_000), () -> now)).isFalse();
  }

  private KernelTrial.Combination taking(long nanos) {
    return (_, _, _, _) -> now += nanos;
  }
}
