package io.raic.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalVersionsTest {
  @Test
  void noTimeIsGivenTwiceEvenIfTheClockStandsOrGoesBack() {
    long now = TimeUnit.DAYS.toNanos(30_000);
    var times =
        IntStream.range(0, 100)
            .mapToObj(i -> LocalVersions.next(FileTime.from(now - i / 50, TimeUnit.NANOSECONDS)))
            .toList();
    assertThat(times).doesNotHaveDuplicates().isSorted();
  }
}
