package io.raic.benchmarks.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What the kernel says of a process on Linux.
 *
 * @param pid of the process
 */
record ProcessFacts(long pid) {
  /** The kernel counts in these towards programs, whatever it does itself. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*([0-9]+) kB");

  /** Returns the user and system time of all its threads, also of those that have ended. */
  double coreSeconds() throws IOException {
    String stat = Files.readString(file("stat"));
    // The name before may have spaces in it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Returns the most memory that it had since the start, or since {@link #forgetPeak}, in MiB. */
  double peakMib() throws IOException {
    var found = PEAK.matcher(Files.readString(file("status")));
    if (!found.find()) {
      throw new IOException("no VmHWM");
    }
    return Long.parseLong(found.group(1)) / 1024.0;
  }

  void forgetPeak() throws IOException {
    Files.writeString(file("clear_refs"), "5");
  }

  private Path file(String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
