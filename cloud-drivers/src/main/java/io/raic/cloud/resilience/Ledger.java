package io.raic.cloud.resilience;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;

/**
 * The file in which the counts of a provider survive the process: a line of the month and its
 * requests, and one of the bytes stored and when they were counted. It can be lost: then the counts
 * begin anew. For any thread.
 */
final class Ledger {
  private static final int MAX_BYTES = 1000;

  private final Path file;
  private String written = "";

  Ledger(Path file) {
    this.file = file;
  }

  /** Goes on from what the file says; a line that makes no sense is passed over. */
  synchronized void read(RequestBudget requests, StoredBytes bytes) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var text = new String(in.readNBytes(MAX_BYTES), US_ASCII);
      text.lines().forEach(line -> take(line.split(" ", -1), requests, bytes));
    } catch (NoSuchFileException _) {
      // Nothing was counted yet.
    }
  }

  private static void take(String[] words, RequestBudget requests, StoredBytes bytes) {
    try {
      if (words.length == 3 && words[0].equals("requests")) {
        requests.resume(YearMonth.parse(words[1]), Long.parseLong(words[2]));
      } else if (words.length == 3 && words[0].equals("bytes")) {
        bytes.resume(Long.parseLong(words[1]), Instant.parse(words[2]));
      }
    } catch (NumberFormatException | DateTimeException _) {
      // Somebody else wrote that; counting begins anew.
    }
  }

  /** Writes the counts, if they have changed, as a whole or not at all. */
  synchronized void write(RequestBudget requests, StoredBytes bytes) throws IOException {
    var text = new StringBuilder();
    text.append("requests %s %d\n".formatted(requests.month(), requests.used()));
    Optional<Instant> counted = bytes.countedAt();
    counted.ifPresent(at -> text.append("bytes %d %s\n".formatted(bytes.estimate(), at)));
    if (text.toString().equals(written)) {
      return;
    }
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    // No store has a name that begins like this, so it is no other one's ledger.
    Path next = file.resolveSibling(".next-" + file.getFileName());
    try (var channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var content = ByteBuffer.wrap(text.toString().getBytes(US_ASCII));
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    written = text.toString();
  }
}
