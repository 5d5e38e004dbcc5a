package io.raic.cloud.contract;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.soon;

import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/** Writes a long object and reads it, in a process of its own. Settings come by standard input. */
final class SmallHeapTransfer {
  private static final ObjectKey KEY = ObjectKey.of("shares/lo/long/0");

  private SmallHeapTransfer() {}

  /**
   * Does it.
   *
   * @param arguments the name of the driver
   */
  public static void main(String[] arguments) throws InterruptedException {
    var settings =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            .lines()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    var worker =
        Thread.ofVirtual()
            .uncaughtExceptionHandler((_, e) -> {
              e.printStackTrace();
              System.exit(1);
            })
            .start(() -> {
              try (var store =
                  Backends.open(Driver.valueOf(arguments[0]), "small-heap", settings)) {
                store.probe(soon());
                transfer(store);
              }
            });
    worker.join();
    System.exit(0);
  }

  private static void transfer(CloudBackend store) {
    var piece = bytes(1, 1 << 20);
    var written = new CRC32C();
    try (var upload = store.begin(KEY, SmallHeapContract.BYTES, Precondition.none(), soon())) {
      for (long done = 0; done < SmallHeapContract.BYTES; done += piece.length) {
        piece[0]++;
        upload.write(piece, 0, piece.length);
        written.update(piece, 0, piece.length);
      }
      upload.commit();
    }
    var seen = new CRC32C();
    long count = 0;
    try (var download = store.get(KEY, ByteRange.ALL, soon()).orElseThrow()) {
      var buffer = new byte[1 << 17];
      for (int n = 0; n >= 0; n = download.read(buffer, 0, buffer.length)) {
        seen.update(buffer, 0, n);
        count += n;
      }
    }
    if (count != SmallHeapContract.BYTES || seen.getValue() != written.getValue()) {
      throw new AssertionError("%d bytes came back, and not the same".formatted(count));
    }
    store.delete(KEY, soon());
  }
}
