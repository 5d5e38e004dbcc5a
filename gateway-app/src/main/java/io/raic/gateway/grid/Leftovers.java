package io.raic.gateway.grid;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.raic.cloud.ObjectKey;
import io.raic.crypto.capability.StorageIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The list of objects that failed uploads may have left in stores, until they are removed.
 *
 * <p>Kept in a file, synced at each change, so that a restart forgets nothing. For any number of
 * threads.
 */
final class Leftovers {
  /** More would not be a list of accidents any more; the rest stays where it is. */
  private static final int MAX_LEFTOVERS = 100_000;

  /**
   * An object that should not be.
   *
   * @param store the id of the store that may have it
   * @param key its name
   * @param fresh whether no other upload can have made it
   * @param needed how many shares rebuild the file
   */
  record Leftover(String store, ObjectKey key, boolean fresh, int needed) {
    private static final String FRESH = "fresh";
    private static final String SHARED = "shared";

    String line() {
      return "%s %d %s %s\n".formatted(fresh ? FRESH : SHARED, needed, store, key.text());
    }

    static Optional<Leftover> parse(String line) {
      var fields = line.split(" ", -1);
      if (fields.length != 4) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new Leftover(
                fields[2],
                ObjectKey.of(fields[3]),
                fields[0].equals(FRESH),
                Integer.parseInt(fields[1])));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }
  }

  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Leftover> all = new LinkedHashSet<>();

  private Leftovers(Path file) {
    this.file = file;
  }

  /** Reads the list in {@code file}, which need not exist; a line cut off by a crash is dropped. */
  static Leftovers open(Path file) throws IOException {
    var leftovers = new Leftovers(file);
    try {
      for (String line : Files.readAllLines(file, ISO_8859_1)) {
        Leftover.parse(line).ifPresent(leftovers.all::add);
      }
    } catch (NoSuchFileException _) {
      // Nothing was ever left.
    }
    return leftovers;
  }

  /** Returns a copy of the list. */
  List<Leftover> list() {
    lock.lock();
    try {
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  /** Returns what is on the list of {@code file}. */
  List<Leftover> of(StorageIndex file) {
    return list().stream()
        .filter(l -> ShareAddress.storageIndex(l.key()).equals(Optional.of(file)))
        .toList();
  }

  /** Adds to the list; it is durable on return. */
  void add(Collection<Leftover> more) throws IOException {
    change(() -> more.stream().limit(Math.max(0, MAX_LEFTOVERS - all.size())).forEach(all::add));
  }

  /** Removes all that belongs to {@code file} from the list, because it is wanted now. */
  void forget(StorageIndex file) throws IOException {
    remove(of(file));
  }

  /** Removes from the list. */
  void remove(Collection<Leftover> gone) throws IOException {
    change(() -> all.removeAll(new ArrayList<>(gone)));
  }

  private void change(Runnable change) throws IOException {
    lock.lock();
    try {
      var before = List.copyOf(all);
      change.run();
      if (!before.equals(List.copyOf(all))) {
        write();
      }
    } finally {
      lock.unlock();
    }
  }

  private void write() throws IOException {
    var text = new StringBuilder();
    all.forEach(leftover -> text.append(leftover.line()));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (var channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(text.toString().getBytes(US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (var directory =
        FileChannel.open(file.toAbsolutePath().resolveSibling("."), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
