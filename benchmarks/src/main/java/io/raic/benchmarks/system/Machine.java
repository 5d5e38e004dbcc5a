package io.raic.benchmarks.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a figure depends on beside the program. */
final class Machine {
  private static final List<String> FLAGS =
      List.of("aes", "vaes", "sha_ni", "avx2", "avx512f", "avx512_vbmi", "avx512vbmi", "gfni");

  private Machine() {}

  /** Returns the facts, by name. */
  static Map<String, Object> facts() throws IOException {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("cpu", cpu("model name"));
    var flags = List.of(cpu("flags").split(" ", -1));
    facts.put("flags", FLAGS.stream().filter(flags::contains).toList());
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
    facts.put("commit", commit());
    return facts;
  }

  private static String cpu(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  /** Returns the load averages of 1, 5 and 15 minutes. */
  static String load() throws IOException {
    String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
    return String.join(" ", fields[0], fields[1], fields[2]);
  }

  private static String commit() throws IOException {
    try {
      return Shell.run(List.of("git", "describe", "--always", "--dirty", "--exclude=*")).strip();
    } catch (Shell.Failed _) {
      return "unknown";
    }
  }
}
