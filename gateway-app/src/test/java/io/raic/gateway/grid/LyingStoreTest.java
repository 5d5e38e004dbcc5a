package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.file.Encoding;
import io.raic.crypto.file.FileDecoder;
import io.raic.crypto.file.PlaintextReader;
import io.raic.crypto.file.Shares;
import io.raic.gateway.schedule.VirtualThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LyingStoreTest {
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofSeconds(1));

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 0, 1, 100, 1L << 59, 1L << 60})
  void twoStoresThatLieAboutLengthsHarmNoReadAndNoCheck(long size, @TempDir Path directory)
      throws IOException {
    byte[] file = new byte[9000];
    var key = FileKey.of(new byte[FileKey.LENGTH]);
    var shares = Shares.encode(file, key, new Encoding(3, 5, 3000));
    ReadCap cap = shares.cap();
    var operators = new HashMap<String, String>();
    List<Store> stores =
        IntStream.range(0, 5)
            .mapToObj(i -> {
              var honest = new MemoryBackend("store-" + i);
              honest.objects().put(ShareAddress.key(cap.storageIndex(), i), shares.raw().get(i));
              operators.put(honest.id(), honest.id());
              CloudBackend seen = i % 3 == 0 ? new LyingStore(honest, size) : honest;
              return new Store(honest.id(), seen);
            })
            .toList();
    var rules = Placement.forNewFiles(3, 5, 4, operators);
    try (var grid =
            new Grid(
                stores, rules, LIMITS, 3000, directory.resolve("leftovers"), new VirtualThreads());
        var read = grid.read(cap.verifyCap(), 0, cap.size())) {
      var out = new ByteArrayOutputStream();
      new PlaintextReader(new FileDecoder(read), key).transfer(0, cap.size(), out);
      assertThat(out.toByteArray()).isEqualTo(file);
      assertThat(grid.inspect(cap.verifyCap(), true).good().asMap()).containsKeys(1, 2, 4);
    }
  }
}
