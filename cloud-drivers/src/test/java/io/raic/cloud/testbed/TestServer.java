package io.raic.cloud.testbed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A server started by one of the scripts beside this class, see {@code common.sh}. It ends when it
 * is closed, and when this JVM does, however that happens.
 */
final class TestServer implements Server {
  /** The first start on a machine installs the software, from a network that may be slow. */
  private static final Duration START_LIMIT = Duration.ofMinutes(15);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final int ABSENT = 77;
  private static final int PORT_TAKEN = 98;
  private static final int MOST_STARTS = 5;
  private static final int MOST_LOG_LINES = 60;

  private final String script;
  private final Process process;
  private final Deque<String> log = new ArrayDeque<>();
  private final Thread logReader;
  private Map<String, String> facts = Map.of();

  private TestServer(String script, Process process) {
    this.script = script;
    this.process = process;
    this.logReader = reader(this::readLog);
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param script its name, without .sh
   * @param ports how many free ports it wants
   * @param settings for its environment
   * @throws ServerAbsent if its software is absent
   */
  static TestServer start(String script, int ports, Map<String, String> settings) {
    for (int starts = 1; ; starts++) {
      var server = new TestServer(script, launch(script, ports, settings));
      try {
        if (server.awaitReady(starts == MOST_STARTS)) {
          return server;
        }
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    }
  }

  /**
   * Starts a thread that reads from a process. Not a virtual one: reading a pipe holds the thread
   * of the system that carries it, and with as many servers as processors no other would run any
   * more.
   */
  private static Thread reader(Runnable reading) {
    return Thread.ofPlatform().daemon().start(reading);
  }

  private static Process launch(String script, int ports, Map<String, String> settings) {
    var builder = new ProcessBuilder("bash", "-c", text("common.sh") + text(script + ".sh"));
    var environment = builder.environment();
    environment.put(
        "PORTS",
        FreePorts.find(ports).stream().map(String::valueOf).collect(Collectors.joining(" ")));
    environment.put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    environment.putAll(settings);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new ServerAbsent("there is no bash: " + e.getMessage());
    }
  }

  private static String text(String name) {
    try (InputStream in = TestServer.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no script " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns false if a port was taken by somebody else and another start is worth it. */
  private boolean awaitReady(boolean isLastStart) {
    var line = firstLine();
    if (line.startsWith("ready")) {
      var words = line.strip().split(" ");
      facts =
          Arrays.stream(words)
              .skip(1)
              .map(word -> word.split("=", 2))
              .collect(Collectors.toMap(fact -> fact[0], fact -> fact[1]));
      return true;
    }
    int status = status();
    if (status == ABSENT) {
      throw new ServerAbsent("%s: %s".formatted(script, log()));
    }
    if (status == PORT_TAKEN && !isLastStart) {
      return false;
    }
    throw new IllegalStateException(
        "%s ended with %d before it was ready:\n%s".formatted(script, status, log()));
  }

  private String firstLine() {
    var line = new CompletableFuture<String>();
    reader(() -> {
      try {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        line.complete(Optional.ofNullable(out.readLine()).orElse(""));
      } catch (IOException e) {
        line.completeExceptionally(e);
      }
    });
    try {
      return line.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "%s is not ready after %s:\n%s".formatted(script, START_LIMIT, log()), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("%s: nothing to read".formatted(script), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private int status() {
    try {
      process.waitFor(STOP_LIMIT);
      logReader.join(STOP_LIMIT);
      return process.isAlive() ? -1 : process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void readLog() {
    process
        .errorReader(StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> {
          synchronized (log) {
            log.addLast(line);
            if (log.size() > MOST_LOG_LINES) {
              log.removeFirst();
            }
          }
        });
  }

  private String log() {
    synchronized (log) {
      return String.join("\n", log);
    }
  }

  /** Returns what the script has said of itself. */
  String fact(String name) {
    return Optional.ofNullable(new HashMap<>(facts).get(name))
        .orElseThrow(() -> new IllegalArgumentException("%s says no %s".formatted(script, name)));
  }

  @Override
  public int port() {
    return Integer.parseInt(fact("PORT"));
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_LIMIT)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException _) {
      // It has ended already.
    } catch (InterruptedException _) {
      // The end of its input is enough; only nobody waits for it now.
      Thread.currentThread().interrupt();
    }
  }
}
