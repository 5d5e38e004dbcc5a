package io.raic.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchServerTest {
  @Test
  void itIsOnThePortAfterTheGatewaysUnlessItIsToldAnother() {
    assertThat(WatchServer.port(Optional.empty(), 3456)).isEqualTo(3457);
    assertThat(WatchServer.port(Optional.of(9000), 3456)).isEqualTo(9000);
    assertThat(WatchServer.port(Optional.empty(), 0)).isZero();
    assertThat(WatchServer.port(Optional.of(0), 3456)).isZero();
  }

  @Test
  void aPortThatCannotBeIsRefusedWithTheNameOfTheSetting() {
    for (int port : new int[] {-1, 65_536, 3456}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WatchServer.port(Optional.of(port), 3456))
          .withMessageStartingWith("raic.management.port: " + port);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WatchServer.port(Optional.empty(), 65_535))
        .withMessageStartingWith("raic.management.port: there is no port after raic.port");
  }
}
