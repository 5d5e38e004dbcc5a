package io.raic.cloud.contract;

import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/** Writes an object and reads it, in a process of its own. Settings come by standard input. */
final class Transfer {
  private static final ObjectKey KEY = ObjectKey.of("shares/lo/long/0");

  private Transfer() {}

  /**
   * Does it in a process of its own, which has to succeed.
   *
   * @param options of its Java
   * @param bytes whole MiB
   */
  static void run(List<String> options, Driver driver, Map<String, String> settings, long bytes)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-cp", classPath()));
    command.addAll(List.of(Transfer.class.getName(), driver.name(), String.valueOf(bytes >> 20)));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    // By standard input: there are credentials among them.
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      for (var setting : settings.entrySet()) {
        in.write("%s=%s%n".formatted(setting.getKey(), setting.getValue()));
      }
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static String classPath() {
    return Objects.requireNonNullElse(
        System.getProperty("surefire.test.class.path"), System.getProperty("java.class.path"));
  }

  /**
   * Does it.
   *
   * @param arguments the name of the driver, and how many MiB
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
                  Backends.open(Driver.valueOf(arguments[0]), "own-process", settings)) {
                store.probe(soon());
                transfer(store, Long.parseLong(arguments[1]) << 20);
              }
            });
    worker.join();
    System.exit(0);
  }

  private static void transfer(CloudBackend store, long bytes) {
    var piece = StoreUse.bytes(1, 1 << 20);
    var written = new CRC32C();
    try (var upload = store.begin(KEY, bytes, Precondition.none(), soon())) {
      for (long done = 0; done < bytes; done += piece.length) {
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
    if (count != bytes || seen.getValue() != written.getValue()) {
      throw new AssertionError("%d bytes came back, and not the same".formatted(count));
    }
    store.delete(KEY, soon());
  }
}
