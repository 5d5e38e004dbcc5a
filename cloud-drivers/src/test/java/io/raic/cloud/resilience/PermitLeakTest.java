package io.raic.cloud.resilience;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.resilience.GuardedStore.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import io.raic.cloud.memory.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However calls go wrong, everything they took is given back. */
class PermitLeakTest {
  private static final ProviderLimits ALL =
      new ProviderLimits(
          2,
          OptionalDouble.of(1000),
          OptionalLong.of(1 << 20),
          OptionalLong.of(1_000_000),
          OptionalLong.of(1 << 20));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyPathGivesThePermitBack(long seed) throws InterruptedException {
    var random = new Random(seed);
    try (var store =
        GuardedStore.of(new GuardPolicy(ALL, GuardedStore.slowAfter(Duration.ofMillis(200))))) {
      put(store.memory, KEY, bytes(seed, 1000));
      for (int i = 0; i < 10 * seed; i++) {
        store.memory.faults().clear();
        for (var operation : Operation.values()) {
          if (random.nextInt(4) == 0) {
            store.memory.faults().set(operation, fault(random, operation));
          }
        }
        use(store, random);
        int inUse = store.circuit(Kind.READ).connectionsInUse();
        inUse += store.circuit(Kind.WRITE).connectionsInUse();
        assertThat(inUse).isZero();
        if (random.nextInt(3) == 0) {
          store.guarded.reset(Kind.READ);
          store.guarded.reset(Kind.WRITE);
          store.time.pass(Duration.ofHours(1));
        }
      }
      assertNoRoomIsLost(store);
    }
  }

  private static void assertNoRoomIsLost(GuardedStore store) {
    store.memory.faults().clear();
    store.guarded.reset(Kind.WRITE);
    store.time.pass(Duration.ofHours(1));
    long stored = store.guarded.report().usage().storedBytes().orElseThrow();
    long room = (1 << 20) - stored;
    store
        .guarded
        .begin(ObjectKey.of("rest"), room, Precondition.none(), Deadline.in(Duration.ofMinutes(1)))
        .close();
  }

  private static Fault fault(Random random, Operation operation) {
    var any =
        List.<Fault>of(
            Fault.unavailable(),
            Fault.throttled(Duration.ofMillis(random.nextInt(2000))),
            Fault.accessDenied(),
            Fault.outOfSpace(),
            new Fault.LostAck(),
            new Fault.Hang(),
            Fault.truncated(random.nextInt(1000)));
    var fault = any.get(random.nextInt(any.size()));
    return fault.operations().contains(operation) ? fault : Fault.unavailable();
  }

  private static void use(GuardedStore store, Random random) throws InterruptedException {
    var deadline = Deadline.in(Duration.ofMillis(random.nextInt(20) == 0 ? 1 : 30));
    int what = random.nextInt(7);
    int steps = random.nextInt(4);
    var caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                call(store, what, steps, deadline);
              } catch (BackendException | IllegalStateException _) {
                // That is what the faults are for.
              }
            });
    if (random.nextInt(4) == 0) {
      caller.interrupt();
    }
    caller.join();
  }

  private static void call(GuardedStore store, int what, int steps, Deadline deadline) {
    var guarded = store.guarded;
    switch (what) {
      case 0 -> upload(store, steps, deadline);
      case 1 -> {
        try (var download = guarded.get(KEY, ByteRange.ALL, deadline).orElse(null)) {
          for (int i = 0; download != null && i < steps; i++) {
            int _ = download.read(new byte[400], 0, 400);
          }
        }
      }
      case 2 -> guarded.stat(KEY, deadline);
      case 3 -> guarded.list("", Optional.empty(), 10, deadline);
      case 4 -> guarded.delete(ObjectKey.of("absent"), deadline);
      case 5 -> guarded.probe(deadline);
      default -> guarded.capacity(deadline);
    }
  }

  private static void upload(GuardedStore store, int steps, Deadline deadline) {
    var key = ObjectKey.of("new");
    try (var upload = store.guarded.begin(key, 1000, Precondition.none(), deadline)) {
      for (int i = 0; i < Math.min(2, steps); i++) {
        upload.write(new byte[500], 0, 500);
      }
      if (steps > 0) {
        upload.commit();
      }
    }
  }
}
