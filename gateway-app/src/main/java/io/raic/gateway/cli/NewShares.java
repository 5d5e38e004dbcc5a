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
  private final int total;
  private boolean committed;

  private NewShares(int total) {
    this.total = total;
  }

  /** Returns shares that are hashed, for the capability's sake, and written nowhere. */
  static NewShares nowhere(int total) {
    return new NewShares(total);
  }

  /**
   * Opens the shares; the directory is made if it is missing.
   *
   * @param replace whether shares that are there already may be replaced
   */
  static NewShares in(Path directory, int total, boolean replace) throws Failure {
    var shares = new NewShares(total);
    try {
      Files.createDirectories(directory);
      for (int i = 0; i < total; i++) {
        var path = directory.resolve(Integer.toString(i));
        if (!replace && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          throw new Failure(
              ExitCode.FAILED,
              path + " exists: name another directory, or replace the shares with --force");
        }
        shares.files.add(NewFile.replacing(path));
      }
      return shares;
    } catch (IOException e) {
      shares.close();
      throw Failure.of("cannot write shares to " + directory, e);
    }
  }

  /** Returns where to write the shares, in the order of their numbers. */
  List<ShareSink> sinks() {
    return files.isEmpty()
        ? Collections.nCopies(total, ShareSink.NOWHERE)
        : files.stream().<ShareSink>map(file -> file.stream()::write).toList();
  }

  /** Lets all shares appear under their names. */
  void commit() throws Failure {
    for (var file : files) {
      file.commit();
    }
    committed = true;
  }

  @Override
  public void close() {
    for (var file : files) {
      file.close();
      if (!committed) {
        file.withdraw();
      }
    }
  }
}
