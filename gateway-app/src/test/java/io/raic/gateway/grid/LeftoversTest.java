package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.ObjectKey;
import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.grid.Leftovers.Leftover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  private static final Leftover FRESH =
      new Leftover("a", ObjectKey.of("shares/5m/5mwuz5yxisqrnhtrsljs7wkyb4/0"), true, 3);
  private static final Leftover SHARED =
      new Leftover("b", ObjectKey.of("shares/wv/wvggbrnrezdpa5yayrgiw5nzja/1"), false, 3);

  @TempDir Path directory;

  private Leftovers open() throws IOException {
    return Leftovers.open(directory.resolve("leftovers"));
  }

  @Test
  void whatWasAddedOutlivesTheProcess() throws IOException {
    open().add(List.of(FRESH, SHARED));
    assertThat(open().list()).containsExactly(FRESH, SHARED);
  }

  @Test
  void whatWasRemovedIsGone() throws IOException {
    var leftovers = open();
    leftovers.add(List.of(FRESH, SHARED));
    leftovers.remove(List.of(FRESH));
    assertThat(leftovers.list()).containsExactly(SHARED);
    assertThat(open().list()).containsExactly(SHARED);
  }

  @Test
  void whatIsWantedAgainIsForgotten() throws IOException {
    var leftovers = open();
    leftovers.add(List.of(FRESH, SHARED));
    leftovers.forget(StorageIndex.parse("wvggbrnrezdpa5yayrgiw5nzja"));
    assertThat(open().list()).containsExactly(FRESH);
  }

  @Test
  void nothingIsWrittenWhereNothingChanges() throws IOException {
    open().remove(List.of(FRESH));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aLineThatMakesNoSenseIsPassedOver() throws IOException {
    open().add(List.of(FRESH));
    Files.writeString(
        directory.resolve("leftovers"),
        "shared b\nshared 3 b ../../etc\n\nfresh a b c d\n\u00e9\nshared x b shares/xx/y/1\nfresh 3 c sha",
        StandardOpenOption.APPEND);
    assertThat(open().list())
        .containsExactly(FRESH, new Leftover("c", ObjectKey.of("sha"), true, 3));
  }

  @Test
  void theListIsBounded() throws IOException {
    var leftovers = open();
    leftovers.add(
        IntStream.range(0, 100_100)
            .mapToObj(i -> new Leftover("a", ObjectKey.of("k" + i), true, 3))
            .toList());
    leftovers.add(List.of(SHARED));
    assertThat(leftovers.list()).hasSize(100_000);
  }
}
