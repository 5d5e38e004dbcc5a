package io.raic.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
  private final HostNames loopback = new HostNames("127.0.0.1", List.of("Backup.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "127.0.0.1",
        "[::1]",
        "::1",
        "10.1.2.3",
        "backup.example"
      })
  void aGatewayOnLoopbackAnswersToNumbersAndItsNames(String name) {
    assertThat(loopback.include(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", ""})
  void itDoesNotAnswerToOthers(String name) {
    assertThat(loopback.include(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"anything.example", "10.1.2.3"})
  void aGatewayOnANetworkAnswersToAll(String name) {
    assertThat(new HostNames("0.0.0.0", List.of()).include(name)).isTrue();
  }
}
