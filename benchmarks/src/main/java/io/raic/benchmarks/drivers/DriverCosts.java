package io.raic.benchmarks.drivers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Prints what each driver's PUT and GET cost beside those of a bare HTTP client: core-seconds per
 * GiB, and how many times as much. Client and server are a fresh process each.
 */
public final class DriverCosts {
  private static final String HEAP = "-Xmx256m";

  /** Both ways: median, least, most. */
  private record Costs(List<Double> numbers) {
    double put() {
      return numbers.get(0);
    }

    double get() {
      return numbers.get(3);
    }

    String tells(int at) {
      return String.format(
          Locale.ROOT,
          "%.2f (%.2f to %.2f)",
          numbers.get(at),
          numbers.get(at + 1),
          numbers.get(at + 2));
    }
  }

  private DriverCosts() {}

  /**
   * Measures the bare client and what {@code args} name, or everything.
   *
   * @param args names of drivers
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    var wanted =
        args.length == 0
            ? List.of(Subject.values())
            : Arrays.stream(args).map(Subject::named).toList();
    var costs = new EnumMap<Subject, Costs>(Subject.class);
    costs.put(Subject.BARE, measure(Subject.BARE));
    for (var subject : wanted) {
      if (subject != Subject.BARE) {
        costs.put(subject, measure(subject));
      }
    }
    print(costs, Objects.requireNonNull(costs.get(Subject.BARE)));
  }

  private static void print(Map<Subject, Costs> all, Costs bare) {
    System.out.println("| core-s/GiB | PUT | times bare | GET | times bare |");
    System.out.println("|---|---|---|---|---|");
    all.forEach((subject, costs) ->
        System.out.printf(
            Locale.ROOT,
            "| %s | %s | %.1f | %s | %.1f |%n",
            subject.name().toLowerCase(Locale.ROOT),
            costs.tells(0),
            costs.put() / bare.put(),
            costs.tells(3),
            costs.get() / bare.get()));
  }

  private static Costs measure(Subject subject) throws IOException, InterruptedException {
    var server = start(SinkServer.class, subject.name());
    try (var said = lines(server)) {
      String port = Objects.requireNonNull(said.readLine(), "the sink did not start");
      var client = start(Client.class, subject.name(), port);
      try (var result = lines(client)) {
        String line = Objects.requireNonNull(result.readLine(), "the client has failed");
        return new Costs(Arrays.stream(line.split(" ", -1)).map(Double::valueOf).toList());
      } finally {
        client.destroy();
      }
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static Process start(Class<?> main, String... args) throws IOException {
    var command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static BufferedReader lines(Process process) {
    return process.inputReader();
  }
}
