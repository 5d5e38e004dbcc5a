package io.raic.benchmarks.system;

import io.raic.benchmarks.system.store.StoreServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A gateway in a process of its own, started by {@code ./raic serve} as users start it, with a
 * store of type {@code s3} for each server. Its files are in a temporary directory that goes with
 * it.
 */
final class Gateway implements AutoCloseable {
  private static final String LISTENING = "RAIC gateway, listening on ";
  private static final Duration END = Duration.ofSeconds(40);
  private static final Pattern USED =
      Pattern.compile("(?:heap|generation) +total [^\\n]*used ([0-9]+)K");

  private final Process process;
  private final Path directory;
  private final InetSocketAddress address;

  private Gateway(Process process, Path directory, InetSocketAddress address) {
    this.process = process;
    this.directory = directory;
    this.address = address;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param javaOptions such as -Xmx1g
   * @param settings further ones, below {@code raic}, by their whole names
   */
  static Gateway start(
      List<StoreServer> stores, List<String> javaOptions, Map<String, String> settings)
      throws IOException {
    var directory = Files.createTempDirectory("raic-system");
    var file = directory.resolve("raic.yaml");
    Files.writeString(file, yaml(stores, directory, settings));
    var builder =
        new ProcessBuilder("./raic", "serve", "--config", file.toString())
            .redirectError(directory.resolve("errors").toFile());
    builder.environment().put("RAIC_JAVA_OPTS", String.join(" ", javaOptions));
    builder.environment().put("RAIC_NO_BUILD", "1");
    var process = builder.start();
    // It does not outlive a rig that is stopped.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    process.getOutputStream().close();
    var said = process.inputReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(LISTENING)) {
        var url = URI.create(line.substring(LISTENING.length()).strip());
        Thread.ofPlatform().daemon().start(() -> drain(said, directory.resolve("log")));
        return new Gateway(process, directory, new InetSocketAddress(url.getHost(), url.getPort()));
      }
    }
    process.destroy();
    throw new IOException(
        "the gateway does not start: " + Files.readString(directory.resolve("errors")));
  }

  private static String yaml(
      List<StoreServer> stores, Path directory, Map<String, String> settings) {
    var yaml = new StringBuilder("raic:\n  port: 0\n");
    yaml.append("  data: \"").append(directory.resolve("data")).append("\"\n  providers:\n");
    for (int i = 0; i < stores.size(); i++) {
      yaml.append(
          """
              - id: store-%1$d
                type: s3
                operator: operator-%1$d
                endpoint: %2$s
                bucket: shares
                path-style: "true"
                checksum: crc32c
                access-key-id: someone
                secret-access-key: "nothing secret"
          """
              .formatted(i + 1, stores.get(i).endpoint()));
    }
    settings.forEach(
        (name, value) -> yaml.append(name).append(": \"").append(value).append("\"\n"));
    return yaml.toString();
  }

  private static void drain(BufferedReader said, Path log) {
    try (var out = Files.newBufferedWriter(log)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        out.write(line);
        out.newLine();
      }
    } catch (IOException _) {
      // It has ended.
    }
  }

  InetSocketAddress address() {
    return address;
  }

  ProcessFacts facts() {
    return new ProcessFacts(process.pid());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Returns what is left of the heap after a collection, in MiB. */
  double liveMib() throws IOException {
    jcmd("GC.run");
    return heapMib();
  }

  /** Returns how much of the heap is used, in MiB. */
  double heapMib() throws IOException {
    long kib =
        USED.matcher(jcmd("GC.heap_info"))
            .results()
            .mapToLong(found -> Long.parseLong(found.group(1)))
            .sum();
    return kib / 1024.0;
  }

  /** Has the virtual machine do something, and returns what it says. */
  String jcmd(String... command) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var all = new java.util.ArrayList<>(List.of(jcmd, Long.toString(process.pid())));
    all.addAll(List.of(command));
    return Shell.run(all);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      List<Path> all;
      try (var found = Files.walk(directory)) {
        all = found.sorted(Comparator.reverseOrder()).toList();
      }
      for (var path : all) {
        Files.deleteIfExists(path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
