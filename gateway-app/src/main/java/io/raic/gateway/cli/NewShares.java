package io.raic.gateway.cli;

import io.raic.crypto.share.ShareSink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The share files of a new file, {@code 0} to {@code n-1} in a directory: all of them or none. */
final class NewShares implements Closeable {
  private final List<NewFile> files = new ArrayList<>();
  private final List<Path> newDirectories;
  private final int total;
  private boolean published;

  private NewShares(List<Path> newDirectories, int total) {
    this.newDirectories = List.copyOf(newDirectories);
    this.total = total;
  }

  /** Returns shares that are hashed, for the capability's sake, and written nowhere. */
  static NewShares nowhere(int total) {
    return new NewShares(List.of(), total);
  }

  /**
   * Opens the shares; the directory is made if it is missing, and goes again if they do.
   *
   * @param replace whether shares that are there already may be replaced
   */
  static NewShares in(Path directory, int total, boolean replace) throws Failure {
    var shares = new NewShares(missing(directory), total);
    try {
      Files.createDirectories(directory);
      // Ctrl-C ends the process without unwinding the stack; one with files in it stays.
      shares.newDirectories.forEach(made -> made.toFile().deleteOnExit());
      for (int i = 0; i < total; i++) {
        var path = directory.resolve(Integer.toString(i));
        check(path, replace);
        shares.files.add(NewFile.replacing(path));
      }
      return shares;
    } catch (IOException e) {
      shares.close();
      throw Failure.of("cannot write shares to " + directory, e);
    }
  }

  private static List<Path> missing(Path directory) {
    var missing = new ArrayList<Path>();
    for (var path = directory.toAbsolutePath();
        path != null && !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        path = path.getParent()) {
      missing.addFirst(path);
    }
    return missing;
  }

  private static void check(Path path, boolean replace) throws Failure {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!replace) {
      throw new Failure(
          ExitCode.FAILED,
          path + " exists: name another directory, or replace the shares with --force");
    }
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new Failure(
          ExitCode.FAILED, path + " is no regular file, which is never replaced by a share");
    }
  }

  /** Returns where to write the shares, in the order of their numbers. */
  List<ShareSink> sinks() {
    return files.isEmpty()
        ? Collections.nCopies(total, ShareSink.NOWHERE)
        : files.stream().<ShareSink>map(file -> file.stream()::write).toList();
  }

  /** Makes all shares durable, under no name yet: until then nothing has been replaced. */
  void finish() throws Failure {
    for (var file : files) {
      file.finish();
    }
  }

  /** Lets all finished shares appear under their names. */
  void publish() throws Failure {
    for (var file : files) {
      file.publish();
    }
    published = true;
  }

  @Override
  public void close() {
    for (var file : files) {
      file.close();
      if (!published) {
        file.withdraw();
      }
    }
    if (!published) {
      removeNewDirectories();
    }
  }

  private void removeNewDirectories() {
    for (var directory : newDirectories.reversed()) {
      try {
        Files.deleteIfExists(directory);
      } catch (IOException _) {
        // Somebody else has put something there.
        return;
      }
    }
  }
}
