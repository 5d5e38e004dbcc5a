package io.raic.gateway.grid;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.schedule.Fanout;
import io.raic.gateway.schedule.VirtualThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShortfallsTest {
  private Path file;

  @BeforeEach
  void choose(@TempDir Path directory) {
    file = directory.resolve("shortfalls");
  }

  private Shortfalls open() throws IOException {
    return Shortfalls.open(file, new VirtualThreads());
  }

  private static Shortfall shortfall(int number) {
    byte[] index = new byte[StorageIndex.LENGTH];
    index[0] = (byte) number;
    index[1] = (byte) (number >> 8);
    byte[] hash = new byte[32];
    Arrays.fill(hash, (byte) number);
    var cap = new VerifyCap(new StorageIndex(Bytes.copyOf(index)), Bytes.copyOf(hash), 3, 5, 1000);
    return new Shortfall(
        cap, Set.of(1, 4), Set.of("store-1", "b"), Instant.ofEpochSecond(1_700_000_000 + number));
  }

  @Test
  void aRestartForgetsNothing() throws IOException {
    try (var list = open()) {
      assertThat(list.add(shortfall(1))).isTrue();
      assertThat(list.add(shortfall(2))).isTrue();
      list.remove(shortfall(1).cap().storageIndex());
      list.add(shortfall(3));
    }
    try (var list = open()) {
      assertThat(list.list()).containsExactly(shortfall(2), shortfall(3));
    }
  }

  @Test
  void aFileThatIsShortTwiceIsOneEntry() throws IOException {
    try (var list = open()) {
      list.add(shortfall(1));
      list.add(shortfall(1));
      assertThat(list.list()).hasSize(1);
    }
  }

  @Test
  void aFileWithoutStoresIsKeptToo() {
    var nobody = new Shortfall(shortfall(1).cap(), Set.of(), Set.of(), Instant.EPOCH);
    assertThat(Shortfall.parse(nobody.line().strip())).contains(nobody);
  }

  @Test
  void whereverTheFileIsCutOffWhatIsWholeIsRead() throws IOException {
    try (var list = open()) {
      list.add(shortfall(1));
      list.add(shortfall(2));
    }
    byte[] whole = Files.readAllBytes(file);
    int first = shortfall(1).line().length();
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (var list = open()) {
        // A line is whole without what ends it.
        assertThat(list.list()).hasSize(length < first - 1 ? 0 : length < whole.length - 1 ? 1 : 2);
        list.add(shortfall(3));
      }
      try (var list = open()) {
        assertThat(list.list()).contains(shortfall(3));
      }
    }
  }

  @Test
  void aLineThatWasChangedIsNone() throws IOException {
    Files.writeString(file, shortfall(1).line().replace(" 1,4 ", " 1,3 "));
    try (var list = open()) {
      assertThat(list.list()).isEmpty();
    }
  }

  @Test
  void aByteThatIsNoTextHidesOnlyItsLine() throws IOException {
    byte[] journal = (shortfall(1).line() + shortfall(2).line()).getBytes(US_ASCII);
    journal[10] = (byte) 0x80;
    Files.write(file, journal);
    try (var list = open()) {
      assertThat(list.list()).containsExactly(shortfall(2));
    }
  }

  @Test
  void whatCouldNotBeWrittenIsNotOnTheList() throws IOException {
    var list = open();
    list.add(shortfall(1));
    // Nothing can be written to a journal that is closed.
    list.close();
    assertThatThrownBy(() -> list.add(shortfall(2))).isInstanceOf(IOException.class);
    assertThat(list.list()).containsExactly(shortfall(1));
    list.add(shortfall(3));
    list.close();
    try (var again = open()) {
      assertThat(again.list()).containsExactly(shortfall(1), shortfall(3));
    }
  }

  @Test
  void onlyTheOwnerCanReadIt() throws IOException {
    Files.writeString(file, shortfall(1).line());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    open().close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void manyAtOnceAreAllDurableOnReturn() throws Exception {
    try (var list = open()) {
      List<Callable<List<String>>> calls =
          IntStream.range(0, 200)
              .mapToObj(i ->
                  (Callable<List<String>>)
                      () -> {
                        list.add(shortfall(i));
                        return Files.readAllLines(file);
                      })
              .toList();
      var outcomes = new Fanout(new VirtualThreads()).all(calls, Duration.ofSeconds(60));
      for (int i = 0; i < outcomes.size(); i++) {
        var done = (Fanout.Outcome.Done<List<String>>) outcomes.get(i);
        assertThat(done.value()).contains(shortfall(i).line().strip());
      }
      assertThat(list.list()).hasSize(200);
    }
  }

  @Test
  void theJournalDoesNotGrowForEver() throws IOException {
    try (var list = open()) {
      for (int i = 0; i < 20_000; i++) {
        list.add(shortfall(i % 7));
        list.remove(shortfall(i % 7).cap().storageIndex());
      }
      list.add(shortfall(8));
    }
    assertThat(Files.size(file)).isLessThan(20_000L * shortfall(1).line().length());
    try (var list = open()) {
      assertThat(list.list()).containsExactly(shortfall(8));
    }
  }
}
