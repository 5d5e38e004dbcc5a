package io.raic.benchmarks.system;

import io.raic.benchmarks.system.store.Counts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** {@code rclone} with one encrypted remote in a directory, and what the shell says it took. */
final class RcloneCommand {
  /** The second line of what {@code times} prints: user and system time of what the shell ran. */
  private static final Pattern TIMES =
      Pattern.compile("([0-9]+)m([0-9.]+)s ([0-9]+)m([0-9.]+)s\\s*$");

  private final Path directory;
  private final String password;

  RcloneCommand(Path directory) throws IOException {
    this.directory = directory;
    this.password = Shell.run(List.of("rclone", "obscure", "nothing secret")).strip();
  }

  /** Moves bytes between the process and the rig. */
  @FunctionalInterface
  private interface Pipe {
    void move(Process process) throws IOException;
  }

  Cost up(FilePattern pattern, int file, long bytes) throws IOException {
    return run(
        "rclone rcat sealed:file",
        process -> {
          try (var to = Channels.newChannel(process.getOutputStream())) {
            for (long at = 0; at < bytes; ) {
              int piece = (int) Math.min(FilePattern.MAX_PIECE, bytes - at);
              at += to.write(pattern.piece(file, at, piece));
            }
          }
        });
  }

  Cost down(FilePattern pattern, int file, long bytes) throws IOException {
    return run(
        "rclone cat sealed:file",
        process -> {
          var buffer = new byte[1 << 16];
          long at = 0;
          for (int n = 0; n >= 0; n = process.getInputStream().read(buffer)) {
            if (ByteBuffer.wrap(buffer, 0, n).mismatch(pattern.piece(file, at, n)) >= 0) {
              throw new IOException("rclone gives a wrong byte");
            }
            at += n;
          }
          if (at != bytes) {
            throw new IOException("rclone gives %d bytes".formatted(at));
          }
        });
  }

  private Cost run(String command, Pipe pipe) throws IOException {
    var builder = new ProcessBuilder("sh", "-c", command + "; times >&2");
    var environment = builder.environment();
    environment.put("RCLONE_CONFIG", directory.resolve("none").toString());
    environment.put("RCLONE_CONFIG_SEALED_TYPE", "crypt");
    environment.put("RCLONE_CONFIG_SEALED_REMOTE", directory.resolve("sealed").toString());
    environment.put("RCLONE_CONFIG_SEALED_PASSWORD", password);
    long start = System.nanoTime();
    var process = builder.start();
    pipe.move(process);
    process.getOutputStream().close();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    double seconds = (System.nanoTime() - start) / 1e9;
    var times = TIMES.matcher(said);
    if (!times.find()) {
      throw new IOException(String.format(Locale.ROOT, "rclone says: %s", said));
    }
    double core =
        60 * (Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(3)))
            + Double.parseDouble(times.group(2))
            + Double.parseDouble(times.group(4));
    return new Cost(core, seconds, Counts.NONE);
  }
}
