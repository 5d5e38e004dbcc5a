package io.raic.gateway.system;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Random;

/** Stores one file after the other until it is killed, and says of each when it is stored. */
final class UploadLoop {
  /** What is said first. */
  static final String READY = "ready";

  private static final int MAX_BYTES = 3 << 20;

  private UploadLoop() {}

  /**
   * A file that was stored.
   *
   * @param seed of its content
   * @param size of its content
   * @param cap that reads it
   */
  record Stored(long seed, int size, String cap) {
    static Stored parse(String line) {
      String[] fields = line.split(" ", -1);
      return new Stored(Long.parseLong(fields[0]), Integer.parseInt(fields[1]), fields[2]);
    }

    private void print(PrintStream out) {
      out.printf("%d %d %s%n", seed, size, cap);
      out.flush();
    }
  }

  /** Is given the directory of the stores and a seed. */
  public static void main(String[] args) throws IOException {
    var random = new Random(Long.parseLong(args[1]));
    var out = System.out;
    try (var engine = Engine.open(Path.of(args[0]))) {
      out.println(READY);
      while (true) {
        store(engine, random.nextLong(), random).print(out);
      }
    }
  }

  private static Stored store(Engine engine, long seed, Random random) throws IOException {
    // Mostly small ones, whose commits come often.
    int size = random.nextInt(1 + (MAX_BYTES >> random.nextInt(16)));
    byte[] content = Engine.content(seed, size);
    var stored =
        engine
            .uploader()
            .upload(
                new ByteArrayInputStream(content),
                random.nextBoolean() ? OptionalLong.of(size) : OptionalLong.empty(),
                random.nextBoolean());
    return new Stored(seed, size, stored.capability().reveal());
  }
}
