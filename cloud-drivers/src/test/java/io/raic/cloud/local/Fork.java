package io.raic.cloud.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Java process of its own that runs {@link StoreProcess}. */
final class Fork implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  /**
   * Starts a process.
   *
   * @param before words of a command line that runs the one after it
   * @param options for Java
   * @param arguments for the program
   */
  Fork(List<String> before, List<String> options, Object... arguments) {
    var command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), StoreProcess.class.getName()));
    Stream.of(arguments).map(String::valueOf).forEach(command::add);
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  Fork(Object... arguments) {
    this(List.of(), List.of(), arguments);
  }

  private static String classPath() {
    return Stream.of(LocalBackend.class, StoreProcess.class)
        .map(Fork::origin)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the next line that the process prints; "" once it has ended. */
  String line() {
    try {
      var line = out.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all lines until the process ends. */
  List<String> lines() {
    return out.lines().collect(Collectors.toCollection(ArrayList::new));
  }

  /** Kills the process, as {@code kill -9} does; what it has printed can still be read. */
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
