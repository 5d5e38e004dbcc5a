package io.raic.cloud.local;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/** What other processes do with a store, for tests that need one. Prints what came of it. */
final class StoreProcess {
  /** The keys that are written over and over. */
  static final int SLOTS = 8;

  private StoreProcess() {}

  /**
   * Does one thing with the store in a directory.
   *
   * @param arguments what to do, the directory, and more as the method for it says
   */
  public static void main(String[] arguments) {
    try (var store = LocalBackend.open("fork", Path.of(arguments[1]))) {
      switch (arguments[0]) {
        case "hold" -> hold(store);
        case "touch" -> touch(store);
        case "write" -> write(store, Long.parseLong(arguments[2]));
        case "long" -> copyLong(store, Long.parseLong(arguments[2]));
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  /** Uses the store until the process is killed. */
  private static void hold(CloudBackend store) {
    tell(() -> store.probe(soon()));
    try {
      Thread.currentThread().join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tries one call of each kind. */
  private static void touch(CloudBackend store) {
    var key = ObjectKey.of("a/b");
    tell(() -> store.probe(soon()));
    tell(() -> store.stat(key, soon()));
    tell(() -> store.get(key, ByteRange.ALL, soon()).ifPresent(Download::close));
    tell(() -> store.list("", Optional.empty(), 1, soon()));
    tell(() -> put(store, key, new byte[1 << 20]));
    tell(() -> store.delete(ObjectKey.of("no/such"), soon()));
  }

  /** Writes on several threads until the disk fails, and says what is committed after it was. */
  private static void write(CloudBackend store, long seed) {
    for (int thread = 0; thread < 3; thread++) {
      long own = seed * 3 + thread;
      Thread.ofPlatform().start(() -> writeAll(store, own));
    }
    hold(store);
  }

  private static void writeAll(CloudBackend store, long seed) {
    var random = new Random(seed);
    for (long version = seed << 32; ; version++) {
      var key =
          random.nextBoolean()
              ? ObjectKey.of("shares/%02d/%d/0".formatted(random.nextInt(10), version))
              : ObjectKey.of("slots/" + (seed % 3) + "/" + random.nextInt(SLOTS));
      try {
        put(store, key, Numbered.bytes(version, random.nextInt(50_000)));
      } catch (BackendException.Unavailable _) {
        return; // The disk is gone, and was not told to be written.
      }
      say(key + " " + version);
    }
  }

  /** Writes and reads an object in pieces of 64 MiB, and says how much memory that took. */
  private static void copyLong(CloudBackend store, long size) {
    var key = ObjectKey.of("long");
    var piece = new byte[64 << 20];
    Arrays.fill(piece, (byte) 1);
    store.probe(soon());
    long before = mostMemoryKiB();
    try (var upload = store.begin(key, size, Precondition.none(), soon())) {
      for (long done = 0; done < size; done += piece.length) {
        upload.write(piece, 0, (int) Math.min(piece.length, size - done));
      }
      upload.commit();
    }
    long got = 0;
    try (var download = store.get(key, ByteRange.ALL, soon()).orElseThrow()) {
      for (int n = 0; n >= 0; n = download.read(piece, 0, piece.length)) {
        got += n;
      }
    }
    say("got " + got);
    say(String.valueOf(mostMemoryKiB() - before));
  }

  /** Returns the most memory that this process has had; 0 where the system does not tell. */
  private static long mostMemoryKiB() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException _) {
      return 0;
    }
  }

  private static void put(CloudBackend store, ObjectKey key, byte[] bytes) {
    try (var upload = store.begin(key, bytes.length, Precondition.none(), soon())) {
      upload.write(bytes, 0, bytes.length);
      upload.commit();
    }
  }

  private static void tell(Runnable call) {
    try {
      call.run();
      say("works");
    } catch (BackendException e) {
      say(e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  @SuppressWarnings("SystemOut") // That is how it talks to the test.
  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(60));
  }
}
