package io.raic.gateway.cli;

import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.file.ShareSet.Candidate;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Share files of one file in any number of directories: named by their number, whole ({@code 3}) or
 * in chunks ({@code 3}, {@code 3.1}, {@code 3.2}), in the directory itself or where a gateway's
 * local store keeps them ({@code shares/PP/SI/3}, format §17). What they hold is not looked at.
 */
final class FoundShares implements Closeable {
  private static final Pattern NAME =
      Pattern.compile("(0|[1-9][0-9]{0,2})(?:\\.([1-9][0-9]{0,5}))?");

  private final List<ShareFile> files = new ArrayList<>();
  private final List<Candidate> candidates = new ArrayList<>();

  private FoundShares() {}

  /** Looks in {@code directories}; those that cannot be read are remarked on and passed over. */
  static FoundShares in(List<Path> directories, StorageIndex index, Consumer<String> remarks) {
    var found = new FoundShares();
    String name = index.text();
    for (var directory : directories) {
      if (!Files.isDirectory(directory)) {
        remarks.accept(directory + " is no directory: skipped");
        continue;
      }
      var store = directory.resolve("shares").resolve(name.substring(0, 2)).resolve(name);
      try {
        found.add(directory);
        if (Files.isDirectory(store)) {
          found.add(store);
        }
      } catch (IOException e) {
        remarks.accept("cannot read %s: %s".formatted(directory, Failure.reason(e)));
      }
    }
    // The first k shares are pieces of the file itself: with them there is nothing to compute.
    found.candidates.sort(Comparator.comparingInt(Candidate::shareNumber));
    return found;
  }

  private void add(Path directory) throws IOException {
    var shares = new TreeMap<Integer, TreeMap<Integer, Path>>();
    try (var entries = Files.newDirectoryStream(directory)) {
      for (var entry : entries) {
        var name = NAME.matcher(entry.getFileName().toString());
        if (name.matches() && Files.isRegularFile(entry)) {
          int chunk = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
          shares
              .computeIfAbsent(Integer.valueOf(name.group(1)), _ -> new TreeMap<>())
              .put(chunk, entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    shares.forEach((number, chunks) -> {
      var file = new ShareFile(List.copyOf(chunks.values()));
      files.add(file);
      candidates.add(new Candidate(number, file));
    });
  }

  /** Returns the shares found, those with low numbers first. */
  List<Candidate> candidates() {
    return List.copyOf(candidates);
  }

  @Override
  public void close() {
    files.forEach(ShareFile::close);
  }
}
