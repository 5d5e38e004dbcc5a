package io.raic.gateway.provider;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.memory.MemoryBackend;
import io.raic.cloud.resilience.CircuitState;
import io.raic.cloud.resilience.GuardListener;
import io.raic.cloud.resilience.GuardPolicy;
import io.raic.cloud.resilience.GuardedBackend;
import io.raic.cloud.resilience.Kind;
import io.raic.cloud.resilience.ProviderHealth;
import io.raic.cloud.resilience.Surroundings;
import io.raic.gateway.schedule.VirtualThreads;
import io.raic.gateway.state.Database;
import io.raic.gateway.state.TestDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StandingOrdersTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void anOrderHoldsForAllGatewaysUntilItIsTakenBack(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var here = provider("north");
      var there = provider("north");
      var ordered = orders(database, here);
      var other = orders(database, there);

      ordered.pauseWrites("north", "a new disk");
      ordered.forceOpen("north", "it lies");
      other.obey();

      assertThat(there.report().writesPaused()).contains("a new disk");
      assertThat(state(here)).isEqualTo(CircuitState.FORCED_OPEN);
      assertThat(state(there)).isEqualTo(CircuitState.FORCED_OPEN);

      other.resumeWrites("north");
      other.reset("north");
      ordered.obey();

      assertThat(here.report().writesPaused()).isEmpty();
      assertThat(state(here)).isEqualTo(CircuitState.CLOSED);
      assertThat(state(there)).isEqualTo(CircuitState.CLOSED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anOrderHoldsAgainAfterARestart(TestDatabase kind) {
    var settings = kind.fresh(directory);
    try (var database = Database.open(settings)) {
      orders(database, provider("north")).pauseWrites("north", "moving");
    }
    try (var database = Database.open(settings)) {
      var provider = provider("north");
      try (var orders = orders(database, provider)) {
        orders.start();

        assertThat(provider.report().writesPaused()).contains("moving");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void ordersForProvidersOfOtherGatewaysAreLeftAlone(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var provider = provider("north");
      orders(database, provider("south")).forceOpen("south", "gone");
      var orders = orders(database, provider);

      orders.obey();
      orders.reset("nowhere");

      assertThat(state(provider)).isEqualTo(CircuitState.CLOSED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anOrderThatCannotBeKeptIsNotGiven(TestDatabase kind) {
    var database = kind.open(directory);
    var provider = provider("north");
    var orders = orders(database, provider);
    database.close();

    assertThatThrownBy(() -> orders.pauseWrites("north", "now")).isNotNull();

    assertThat(provider.report().writesPaused()).isEmpty();
  }

  private static StandingOrders orders(Database database, ProviderHealth provider) {
    return new StandingOrders(
        database, List.of(provider), InstantSource.system(), new VirtualThreads());
  }

  private static GuardedBackend provider(String id) {
    return new GuardedBackend(
        new MemoryBackend(id),
        GuardPolicy.DEFAULT,
        Surroundings.of(Optional.empty(), GuardListener.DEAF));
  }

  private static CircuitState state(ProviderHealth provider) {
    return requireNonNull(provider.report().circuits().get(Kind.READ)).state();
  }
}
