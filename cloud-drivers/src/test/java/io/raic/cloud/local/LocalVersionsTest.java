package io.raic.cloud.local;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.ObjectKey;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalVersionsTest {
  @TempDir Path disk;

  @Test
  void noTimeIsGivenTwiceEvenIfTheClockStandsOrGoesBack() {
    long now = TimeUnit.DAYS.toNanos(30_000);
    var times =
        IntStream.range(0, 100)
            .mapToObj(i -> LocalVersions.next(FileTime.from(now - i / 50, TimeUnit.NANOSECONDS)))
            .toList();
    assertThat(times).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void versionsWrittenWithinOneTickOfTheDiskAreToldApart() throws Exception {
    try (var mount = Mount.of(disk.resolve("fast"), 1 << 20);
        var store = LocalBackend.open("local", mount.point())) {
      var key = ObjectKey.of("slot");
      var tokens =
          IntStream.range(0, 1000)
              .mapToObj(i -> put(store, key, bytes(i % 3, 8)).version())
              .toList();
      assertThat(tokens).doesNotHaveDuplicates();
    }
  }
}
