package io.raic.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Capacity;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Page;
import io.raic.cloud.PartSizes;
import io.raic.cloud.Precondition;
import io.raic.cloud.Traits;
import io.raic.cloud.Upload;
import io.raic.cloud.local.LocalBackend;
import io.raic.cloud.memory.Fault;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.gateway.provider.StepResult.Done;
import io.raic.gateway.provider.StepResult.Failed;
import io.raic.gateway.provider.StepResult.Skipped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrialTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final MemoryBackend memory = new MemoryBackend("north");
  private final AtomicLong nanos = new AtomicLong();

  private List<StepResult> run(CloudBackend backend) {
    return new Trial(() -> nanos.getAndAdd(1_000_000), InstantSource.fixed(NOW))
        .run(backend, _ -> {});
  }

  private static StepResult.Outcome outcome(List<StepResult> results, String step) {
    return results.stream().filter(r -> r.step().equals(step)).findFirst().orElseThrow().outcome();
  }

  private static List<String> failed(List<StepResult> results) {
    return results.stream()
        .filter(r -> r.outcome() instanceof Failed)
        .map(StepResult::step)
        .toList();
  }

  private static Fault denied(String what) {
    return new Fault.Fail(request -> new BackendException.AccessDenied(request, what));
  }

  private static Fault unavailable(String what) {
    return new Fault.Fail(request -> new BackendException.Unavailable(request, what));
  }

  @Test
  void aSoundStorePassesAllSteps() {
    var results = run(memory);
    assertThat(results).hasSize(15);
    assertThat(failed(results)).isEmpty();
    assertThat(outcome(results, "put and get a large object"))
        .isEqualTo(new Done("1048577 bytes, the same"));
    assertThat(outcome(results, "end of the credentials")).isInstanceOf(Skipped.class);
    assertThat(results).extracting(StepResult::took).containsOnly(Duration.ofMillis(1));
    assertThat(memory.objects().keys()).isEmpty();
  }

  @Test
  void aDirectoryPassesAllSteps(@TempDir Path directory) throws Exception {
    var store = directory.resolve("store");
    try (var backend = LocalBackend.open("disk", store)) {
      assertThat(failed(run(backend))).isEmpty();
    }
    try (var files = Files.walk(store)) {
      assertThat(files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()))
          .containsExactly(".lock");
    }
  }

  @Test
  void whatCannotBeReachedIsTriedOnce() {
    memory.faults().setAll(unavailable("connect: Connection refused"));
    var results = run(memory);
    assertThat(failed(results)).containsExactly("reach it and log in");
    assertThat(results).filteredOn(r -> r.outcome() instanceof Skipped).hasSize(14);
    assertThat(memory.calls().count(Operation.BEGIN)).isZero();
  }

  @Test
  void wrongCredentialsAreToldOnce() {
    memory.faults().setAll(denied("InvalidAccessKeyId"));
    assertThat(failed(run(memory))).containsExactly("reach it and log in");
    memory.faults().setAll(denied("403"));
    assertThat(failed(run(memory))).contains("reach it and log in", "put an object");
  }

  @Test
  void withoutTheRightToWriteTheRestIsStillTold() {
    memory.faults().set(Operation.BEGIN, denied("403"));
    var results = run(memory);
    assertThat(failed(results)).containsExactly("put an object");
    assertThat(outcome(results, "stat")).isEqualTo(new Skipped("nothing was put"));
    assertThat(((Failed) outcome(results, "put an object")).advice()).contains("permission");
  }

  @ParameterizedTest
  @EnumSource(names = {"LIST", "STAT", "GET", "CAPACITY"})
  void aRightThatIsMissingFailsItsOwnSteps(Operation operation) {
    memory.faults().set(operation, denied("403"));
    assertThat(failed(run(memory))).isNotEmpty();
    assertThat(memory.objects().keys()).isEmpty();
  }

  @Test
  void withoutTheRightToDeleteItTellsWhatIsLeft() {
    memory.faults().set(Operation.DELETE, denied("403"));
    var results = run(memory);
    assertThat(failed(results)).contains("delete", "clean up");
    String left = memory.objects().keys().iterator().next().toString();
    assertThat(left).startsWith("raic-test/");
    assertThat(((Failed) outcome(results, "clean up")).advice()).contains("raic-test/");
  }

  @Test
  void whateverFailsNothingIsLeft() {
    for (var operation : List.of(Operation.COMMIT, Operation.STAT, Operation.GET, Operation.READ)) {
      memory.faults().clear();
      memory.faults().set(operation, unavailable("broken"));
      assertThat(failed(run(memory))).isNotEmpty();
      assertThat(memory.objects().keys()).isEmpty();
    }
  }

  @Test
  void anInterruptEndsItAndNothingIsLeft() throws Exception {
    var results = new ArrayList<StepResult>();
    var trial = new Trial(() -> 0, InstantSource.fixed(NOW));
    var thread =
        Thread.ofVirtual()
            .start(() ->
                trial.run(
                    memory,
                    result -> {
                      results.add(result);
                      if (result.step().equals("get a range")) {
                        Thread.currentThread().interrupt();
                      }
                    }));
    thread.join();
    assertThat(results)
        .extracting(StepResult::step)
        .containsExactly("reach it and log in", "put an object", "stat", "get a range", "clean up");
    assertThat(failed(results)).isEmpty();
    assertThat(memory.objects().keys()).isEmpty();
  }

  @Test
  void aStoreThatIgnoresConditionsIsFoundOut() {
    var results = run(new Careless(memory, memory.traits()));
    assertThat(failed(results))
        .containsExactly("refuse to create it again", "refuse to replace another");
    assertThat(memory.objects().keys()).isEmpty();
  }

  @Test
  void whatAStoreDoesNotClaimIsSkipped() {
    var results = run(new Careless(memory, new Traits(false, false, 1 << 20, PartSizes.NONE)));
    assertThat(failed(results)).isEmpty();
    assertThat(outcome(results, "refuse to create it again"))
        .isEqualTo(new Skipped("this provider cannot"));
    assertThat(outcome(results, "replace the version seen"))
        .isEqualTo(new Skipped("this provider cannot"));
    assertThat(outcome(results, "put and get a large object"))
        .isEqualTo(new Done("1048576 bytes, the same"));
  }

  @Test
  void credentialsThatEndAreTold() {
    assertThat(outcome(run(new Ending(memory, NOW.minusSeconds(1))), "end of the credentials"))
        .isInstanceOf(Failed.class);
    assertThat(outcome(run(new Ending(memory, NOW.plusSeconds(1))), "end of the credentials"))
        .isEqualTo(new Done("SOON: 2026-01-01T00:00:01Z: renew them"));
    assertThat(
            outcome(run(new Ending(memory, NOW.plusSeconds(1L << 30))), "end of the credentials"))
        .isInstanceOf(Done.class);
  }

  /** Passes all on. */
  private static class Passing implements CloudBackend {
    private final CloudBackend backend;

    Passing(CloudBackend backend) {
      this.backend = backend;
    }

    @Override
    public String id() {
      return backend.id();
    }

    @Override
    public String location() {
      return backend.location();
    }

    @Override
    public Traits traits() {
      return backend.traits();
    }

    @Override
    public Upload begin(ObjectKey key, long length, Precondition condition, Deadline deadline) {
      return backend.begin(key, length, condition, deadline);
    }

    @Override
    public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
      return backend.get(key, range, deadline);
    }

    @Override
    public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
      return backend.stat(key, deadline);
    }

    @Override
    public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
      return backend.list(prefix, after, limit, deadline);
    }

    @Override
    public boolean delete(ObjectKey key, Deadline deadline) {
      return backend.delete(key, deadline);
    }

    @Override
    public void probe(Deadline deadline) {
      backend.probe(deadline);
    }

    @Override
    public Optional<Capacity> capacity(Deadline deadline) {
      return backend.capacity(deadline);
    }

    @Override
    public void close() {
      backend.close();
    }
  }

  /** Writes whatever the condition is. */
  private static final class Careless extends Passing {
    private final Traits traits;

    Careless(CloudBackend backend, Traits traits) {
      super(backend);
      this.traits = traits;
    }

    @Override
    public Traits traits() {
      return traits;
    }

    @Override
    public Upload begin(ObjectKey key, long length, Precondition condition, Deadline deadline) {
      return super.begin(key, length, Precondition.none(), deadline);
    }
  }

  /** Has credentials that end. */
  private static final class Ending extends Passing {
    private final Instant end;

    Ending(CloudBackend backend, Instant end) {
      super(backend);
      this.end = end;
    }

    @Override
    public Optional<Instant> credentialsEnd() {
      return Optional.of(end);
    }
  }
}
