package io.raic.gateway.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.gateway.cli.RaicRun.Result;
import io.raic.gateway.provider.TestDrivers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {
  private static final String PRICED =
      "prices: {egress-gb: 0.09, put-1000: 0.005, get-1000: 0.0004, storage-gb-month: 0.02}";

  @TempDir private Path directory;

  private final Map<String, MemoryBackend> stores = new TreeMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private long stepNanos = 1_000_000;

  BenchCommandTest() {
    for (String id : List.of("a", "b", "c", "d", "e")) {
      stores.put(id, new MemoryBackend(id));
    }
  }

  private Path config() throws IOException {
    var yaml = new StringBuilder("raic:\n  providers:\n");
    for (String id : stores.keySet()) {
      yaml.append("    - {id: %s, type: vault, bucket: b, secret-access-key: x".formatted(id))
          .append(id.equals("a") ? ", " + PRICED + "}\n" : "}\n");
    }
    return Files.writeString(directory.resolve("raic.yaml"), yaml);
  }

  private Result run(RaicRun run, Object... words) throws IOException {
    var all = new ArrayList<Object>(List.of("bench", "--size", "1MB", "--config", config()));
    all.addAll(List.of("--data", directory.resolve("data")));
    all.addAll(List.of(words));
    // The clock goes on whenever somebody looks.
    return run.withDrivers(TestDrivers.withVault(this::store))
        .withClock(() -> nanos.addAndGet(stepNanos))
        .run(all.toArray());
  }

  private MemoryBackend store(String id) {
    return requireNonNull(stores.get(id));
  }

  private static Keyboard typing(String answer, List<String> questions) {
    return new Keyboard() {
      @Override
      public String secret(String question) {
        throw new AssertionError(question);
      }

      @Override
      public String line(String question) {
        questions.add(question);
        return answer;
      }
    };
  }

  private void assertNothingIsLeft() {
    stores.values().forEach(store -> assertThat(store.objects().keys()).isEmpty());
  }

  @Test
  void theFiguresAndTheAdviceAreTablesAndNothingIsLeft() throws IOException {
    var questions = new ArrayList<String>();
    var result = run(new RaicRun().withKeyboard(typing("y", questions)));
    assertThat(result.code()).describedAs(result.err()).isZero();
    assertThat(questions).containsExactly("Begin? [y/N] ");
    assertThat(result.err())
        .contains("this puts 20 objects, 5.0 MiB, at each of 5 providers")
        .contains("a: 20 requests that write, 20 that read, 5.0 MiB each way: costs 0.0")
        .contains("b: 20 requests that write, 20 that read, 5.0 MiB each way: no price")
        .contains("together 0.0");
    assertThat(result.text())
        .contains("PROVIDER  PUT 4 KiB", "All at once: up ")
        .containsPattern("\na +1\\.0/")
        .contains("3 of 5  1.67x")
        .endsWith(
            "3 of 5: any 2 providers may be away; of all that bear as much it stores least, at"
                + " 1.67 bytes for each byte of a file.\n");
    assertThat(result.text().lines()).allMatch(line -> line.length() <= 120);
    assertNothingIsLeft();
  }

  @Test
  void jsonHasAllOfIt() throws IOException {
    var result = run(new RaicRun(), "--yes", "--json");
    assertThat(result.code()).describedAs(result.err()).isZero();
    var json = JsonMapper.shared().readTree(result.text());
    assertThat(json.path("providers")).hasSize(5);
    var first = json.path("providers").path(0);
    assertThat(first.path("small").path("commit").path("count").asInt()).isEqualTo(10);
    assertThat(first.path("middle").path("first-byte").path("median").asDouble()).isPositive();
    assertThat(first.path("up-at-once").asLong()).isPositive();
    assertThat(json.path("down-together").asLong()).isPositive();
    assertThat(json.path("choices")).hasSizeGreaterThan(3);
    assertThat(json.path("advice").path("needed").asInt()).isEqualTo(3);
    assertThat(json.path("advice").path("total").asInt()).isEqualTo(5);
    assertThat(json.path("reason").asString()).startsWith("3 of 5");
  }

  @Test
  void withoutConsentNothingIsAsked() throws IOException {
    var nobody = run(new RaicRun());
    assertThat(nobody.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(nobody.err()).contains("costs 0.0", "give --yes to begin");
    for (String no : List.of("n", "", "maybe")) {
      var refused = run(new RaicRun().withKeyboard(typing(no, new ArrayList<>())));
      assertThat(refused.code()).isEqualTo(ExitCode.FAILED.number());
      assertThat(refused.err()).endsWith("raic: nothing was measured\n");
      assertThat(refused.text()).isEmpty();
    }
    stores.values().forEach(store -> assertThat(store.calls().count(Operation.PROBE)).isZero());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "1023KB", "5GB", "lots", "-1MB", "99999999999999999TB", ""})
  void aSizeOutOfBoundsIsRefused(String size) throws IOException {
    var result = run(new RaicRun(), "--yes", "--size=" + size);
    assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(result.out()).isEmpty();
  }

  @Test
  void oneThatFailsInTheMiddleSaysWhyAndTheOthersGoOn() throws IOException {
    store("b").faults().set(Operation.WRITE, new Fault.After(100_000, Fault.unavailable()));
    var result = run(new RaicRun(), "--yes");
    assertThat(result.code()).isEqualTo(ExitCode.UNAVAILABLE.number());
    assertThat(result.text())
        .contains("b: ", "made to fail", "2 of 4: any 2 providers")
        .containsPattern("\nb +1\\.0/");
    assertThat(result.err()).contains("raic provider test b").doesNotContain("may be left");
    assertNothingIsLeft();
  }

  @Test
  void oneThatRefusesEndsWithOne() throws IOException {
    store("c").faults().setAll(Fault.accessDenied());
    var result = run(new RaicRun(), "--yes");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(result.text()).contains("made to refuse", "2 of 4");
    assertThat(result.err()).doesNotContain("may be left");
    store("c").faults().clear();
    assertNothingIsLeft();
  }

  @Test
  void oneThatGivesOtherBytesIsNotCountedOn() throws IOException {
    store("d").faults().set(Operation.READ, Fault.garbled());
    var result = run(new RaicRun(), "--yes");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(result.text()).contains("d: it gave other bytes than were written", "2 of 4");
    assertNothingIsLeft();
  }

  @Test
  void whatCannotBeRemovedIsNamed() throws IOException {
    store("e").faults().set(Operation.DELETE, Fault.unavailable());
    var result = run(new RaicRun(), "--yes");
    assertThat(result.code()).isEqualTo(ExitCode.UNAVAILABLE.number());
    assertThat(result.err())
        .containsPattern("e: objects below raic-test/[0-9a-f]{16}/ may be left");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 15, 17, 19})
  void whoStopsItLeavesNothingBehind(int writes) throws Exception {
    if (writes > 0) {
      store("c").faults().next(Operation.COMMIT, writes);
    }
    store("c").faults().set(Operation.COMMIT, new Fault.Hang());
    var running = new FutureTask<>(() -> run(new RaicRun(), "--yes"));
    var thread = new Thread(running);
    thread.start();
    assertThat(store("c").calls().await(Operation.COMMIT, writes + 1L, Duration.ofMinutes(1)))
        .isTrue();
    thread.interrupt();
    var result = running.get();
    assertThat(result.code()).isEqualTo(ExitCode.INTERRUPTED.number());
    assertThat(result.err()).contains("stopped").doesNotContain("may be left", "provider test");
    assertThat(result.text()).isEmpty();
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void howFarItIsIsShownToWhoLooks(boolean quiet) throws IOException {
    stepNanos = 1_000_000_000;
    // As long as a tick of the drawing takes.
    store("a").faults().next(Operation.PROBE, 1, new Fault.Delay(Duration.ofMillis(250)));
    var terminal = new RaicRun().withTerminal(() -> 0);
    var result = quiet ? run(terminal, "--yes", "-q") : run(terminal, "--yes");
    assertThat(result.code()).isZero();
    assertThat(result.err().contains("% ")).isNotEqualTo(quiet);
  }

  @Test
  void helpHasExamples() {
    var result = new RaicRun().run("bench", "--help");
    assertThat(result.code()).isZero();
    assertThat(result.text()).contains("Usage: raic bench", "Examples:", "  raic bench");
    assertThat(result.text().lines()).allMatch(line -> line.length() <= 80);
  }
}
