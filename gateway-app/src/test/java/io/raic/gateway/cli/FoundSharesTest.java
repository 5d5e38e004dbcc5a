package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundSharesTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"1,0", "2,1", "2,3", "1,-1", "2,1000000"})
  void filesOfAStorageServerAreRead(int version, int leases) throws IOException {
    byte[] data = PutTest.bytes(10_000);
    var file = Files.write(directory.resolve("file"), data);
    var shares = directory.resolve("shares-of-it");
    String cap = new RaicRun().run("encode", file, shares).text().strip();
    for (int i = 0; i < 5; i++) {
      var path = shares.resolve(Integer.toString(i));
      byte[] share = Files.readAllBytes(path);
      int real = Math.clamp(leases, 0, 3);
      var container = ByteBuffer.allocate(12 + share.length + 72 * real);
      container.putInt(version).putInt(share.length).putInt(leases).put(share);
      Files.write(path, container.array());
    }
    var result = new RaicRun().run("decode", cap, shares);
    if (leases >= 0 && leases <= 3) {
      assertThat(result.err()).isEmpty();
      assertThat(result.out()).isEqualTo(data);
    } else {
      assertThat(result.code()).isEqualTo(ExitCode.UNRECOVERABLE.number());
    }
  }

  @Test
  void whereNoShareIsTheStoresAreAskedFor() throws IOException {
    Files.createDirectories(directory.resolve("data/store-1/shares"));
    var data = directory.resolve("data");
    var result = new RaicRun().run("decode", CapTest.EXAMPLE, data);
    assertThat(result.code()).isEqualTo(ExitCode.UNRECOVERABLE.number());
    assertThat(result.err())
        .isEqualTo(
            "raic: no shares of this file in %s: name the directories of the stores, such as data/store-*\n"
                .formatted(data));
  }
}
