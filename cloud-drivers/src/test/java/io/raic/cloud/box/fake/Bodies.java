package io.raic.cloud.box.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;

/** Where the fake keeps bytes: a temporary directory, which goes when it is closed. */
final class Bodies implements AutoCloseable {
  private final Path directory;

  Bodies() {
    try {
      directory = Files.createTempDirectory("raic-fake-box");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Body read(BodySource source) throws IOException {
    var path = newFile();
    var sha1 = sha1();
    try (var out = new DigestOutputStream(Files.newOutputStream(path), sha1)) {
      source.copyTo(out);
    } catch (IOException | Refusal e) {
      Files.deleteIfExists(path);
      throw e;
    }
    return new Body(path, Files.size(path), HexFormat.of().formatHex(sha1.digest()));
  }

  Path newFile() throws IOException {
    return Files.createTempFile(directory, "body", "");
  }

  static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns what {@code path} holds, with its hash. */
  static Body body(Path path) throws IOException {
    var sha1 = sha1();
    try (InputStream in = Files.newInputStream(path);
        var out = new DigestOutputStream(OutputStream.nullOutputStream(), sha1)) {
      in.transferTo(out);
    }
    return new Body(path, Files.size(path), HexFormat.of().formatHex(sha1.digest()));
  }

  static void remove(Body body) {
    remove(body.path());
  }

  /**
   * What is being read keeps its bytes until it is closed, as long as the system is a POSIX one.
   */
  static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (var paths = Files.walk(directory)) {
      paths.sorted(Comparator.reverseOrder()).forEach(Bodies::remove);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something that gives its bytes to a stream. */
  @FunctionalInterface
  interface BodySource {
    void copyTo(OutputStream out) throws IOException;
  }
}
