package io.raic.gateway.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged gateway as a process of its own, as {@code raic serve} runs it. */
final class GatewayProcess implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
  private static final Pattern WATCHED = Pattern.compile("health and metrics on (http://\\S+)");

  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<URI> url = new CompletableFuture<>();
  private final CompletableFuture<URI> watchUrl = new CompletableFuture<>();
  private final Thread reader;

  private GatewayProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().start(this::readOutput);
  }

  /** How a gateway is started. */
  static final class Start {
    private final List<String> javaOptions = new ArrayList<>();
    private String java = GatewayProcess.java();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> arguments = new ArrayList<>(List.of("serve"));

    /** Runs it with another Java than the tests'. */
    Start java(Path program) {
      java = program.toString();
      return this;
    }

    Start javaOption(String option) {
      javaOptions.add(option);
      return this;
    }

    Start environment(String name, Object value) {
      environment.put(name, value.toString());
      return this;
    }

    /** Lets the system choose the port. */
    Start data(Path data) {
      arguments.addAll(List.of("--port", "0", "--data", data.toString()));
      return this;
    }

    /** Lets it read its settings from {@code file}. */
    Start config(Path file) {
      arguments.addAll(List.of("--config", file.toString()));
      return this;
    }

    /** Starts it and waits until it listens. */
    GatewayProcess now() throws IOException {
      var command = new ArrayList<String>();
      command.add(java);
      command.add("--add-modules=jdk.incubator.vector");
      command.add("--enable-native-access=ALL-UNNAMED");
      command.addAll(javaOptions);
      command.addAll(List.of("-jar", requireNonNull(System.getProperty("raic.boot.jar"))));
      command.addAll(arguments);
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().keySet().removeIf(name -> name.startsWith("RAIC_"));
      builder.environment().putAll(environment);
      var gateway = new GatewayProcess(builder.start());
      try {
        var _ = gateway.url.orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
        return gateway;
      } catch (CompletionException e) {
        gateway.close();
        throw new AssertionError("the gateway did not start: " + gateway.output(), e);
      }
    }
  }

  /** Returns the program that runs this test. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private void readOutput() {
    try (var lines = process.inputReader(UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        output.add(line);
        var listening = LISTENING.matcher(line);
        if (listening.find()) {
          url.complete(URI.create(listening.group(1)));
        }
        var watched = WATCHED.matcher(line);
        if (watched.find()) {
          watchUrl.complete(URI.create(watched.group(1)));
        }
      }
      url.completeExceptionally(new IOException("it has ended"));
    } catch (IOException e) {
      url.completeExceptionally(e);
    }
  }

  /** Returns where it listens. */
  URI url(String path) {
    return url.join().resolve(path);
  }

  /** Returns where it is watched. */
  URI watchUrl(String path) {
    return watchUrl.orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join().resolve(path);
  }

  int port() {
    return url.join().getPort();
  }

  /** Returns all that it has printed; to its end once it was stopped. */
  String output() {
    return String.join("\n", output);
  }

  /** Returns the most memory that it has had, where the system tells. */
  Optional<Long> peakBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return Optional.empty();
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    }
  }

  /** Returns the time that processors have spent on it. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Kills it: it does not get to do anything more. Its handle leaves the output to be read. */
  void kill() {
    process.toHandle().destroyForcibly();
    awaitEnd();
  }

  /** Asks it to stop, and returns at once. */
  void askToStop() {
    process.toHandle().destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until it has ended and returns its exit code. */
  int awaitEnd() {
    try {
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the gateway does not end: " + output());
      }
      reader.join(DEADLINE);
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
