package io.raic.gateway.http;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.Capabilities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The five local stores of a gateway, seen and tampered with behind its back. */
final class ShareFiles {
  private final Path data;

  ShareFiles(Path data) {
    this.data = data;
  }

  /** Returns the directory of the store {@code number}, from 1. */
  Path store(int number) {
    return data.resolve("store-" + number);
  }

  /** Returns the share files of {@code cap} in all stores. */
  List<Path> of(String cap) {
    return IntStream.rangeClosed(1, 5)
        .boxed()
        .flatMap(store -> files(directory(store, cap)).stream())
        .toList();
  }

  /** Returns the share files of {@code cap} in one store. */
  List<Path> of(String cap, int store) {
    return files(directory(store, cap));
  }

  private Path directory(int store, String cap) {
    String index = Capabilities.parse(cap).index().orElseThrow().text();
    return store(store).resolve("shares").resolve(index.substring(0, 2)).resolve(index);
  }

  /** Returns the bytes of all shares of {@code cap}, by file. */
  Map<Path, Bytes> contents(String cap) {
    var contents = new TreeMap<Path, Bytes>();
    for (Path file : of(cap)) {
      contents.put(file, Bytes.copyOf(read(file)));
    }
    return contents;
  }

  /** Returns how many shares there are of all files together. */
  int count() {
    return IntStream.rangeClosed(1, 5)
        .map(number -> files(store(number).resolve("shares")).size())
        .sum();
  }

  /** Returns how many objects are being written just now. */
  int temporary() {
    return IntStream.rangeClosed(1, 5)
        .map(number -> files(store(number).resolve(".tmp")).size())
        .sum();
  }

  /** Turns over the bits of every byte. */
  static void flip(Path file) {
    flip(file, 0, Integer.MAX_VALUE);
  }

  /** Turns over the bits of the bytes from {@code start} to before {@code end}. */
  static void flip(Path file, int start, int end) {
    byte[] bytes = read(file);
    for (int i = start; i < Math.min(end, bytes.length); i++) {
      bytes[i] ^= (byte) 0xff;
    }
    write(file, bytes);
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the files below {@code root}; none if it is not there, or vanishes meanwhile. */
  private static List<Path> files(Path root) {
    var found = new ArrayList<Path>();
    try (var entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry)) {
          found.addAll(files(entry));
        } else {
          found.add(entry);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException _) {
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
