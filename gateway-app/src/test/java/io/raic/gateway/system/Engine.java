package io.raic.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.local.LocalBackend;
import io.raic.crypto.bytes.Secret;
import io.raic.crypto.capability.Capabilities;
import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.file.Encoding;
import io.raic.gateway.file.Downloader;
import io.raic.gateway.file.Uploader;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.Limits;
import io.raic.gateway.grid.Placement;
import io.raic.gateway.grid.Store;
import io.raic.gateway.grid.TransferBudget;
import io.raic.gateway.schedule.VirtualThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the gateway stores files with, without the gateway: quick to start, to kill and to open. */
final class Engine implements AutoCloseable {
  private final List<LocalBackend> stores;
  private final Grid grid;
  private final Uploader uploader;
  private final Downloader downloader;

  private Engine(List<LocalBackend> stores, Path directory) throws IOException {
    this.stores = stores;
    var operators = stores.stream().collect(Collectors.toMap(s -> s.id(), s -> s.id()));
    this.grid =
        new Grid(
            stores.stream().map(store -> new Store(store.id(), store)).toList(),
            Placement.forNewFiles(3, 5, 4, operators),
            Limits.DEFAULT,
            Encoding.DEFAULT_SEGMENT_BYTES,
            directory.resolve("leftovers"),
            new VirtualThreads());
    var budget = new TransferBudget(64 << 20, Duration.ofSeconds(30), new VirtualThreads());
    this.uploader =
        new Uploader(
            grid,
            Encoding.DEFAULT,
            Secret.copyOf(new byte[32]),
            directory.resolve("tmp"),
            1 << 20,
            budget,
            new SecureRandom());
    this.downloader = new Downloader(grid, budget);
  }

  /** Opens five stores below {@code directory}, as whoever was there before has left them. */
  static Engine open(Path directory) throws IOException {
    Files.createDirectories(directory.resolve("tmp"));
    var stores =
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> LocalBackend.open("store-" + i, directory.resolve("store-" + i)))
            .toList();
    return new Engine(stores, directory);
  }

  List<LocalBackend> stores() {
    return stores;
  }

  Uploader uploader() {
    return uploader;
  }

  /** Returns the bytes of the file {@code cap}, all of them. */
  byte[] read(String cap) throws IOException {
    var bytes = new ByteArrayOutputStream();
    switch (Capabilities.parse(cap)) {
      case LiteralCap literal -> bytes.writeBytes(literal.data().toByteArray());
      case ReadCap read -> {
        try (var content = downloader.open(read, 0, read.size())) {
          content.writeTo(bytes);
        }
      }
      default -> throw new IllegalArgumentException("no read cap");
    }
    return bytes.toByteArray();
  }

  /** Returns the bytes that a test stores under {@code seed}. */
  static byte[] content(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  void assertReads(String cap, long seed, int size) throws IOException {
    assertThat(read(cap)).isEqualTo(content(seed, size));
  }

  @Override
  public void close() {
    grid.close();
  }
}
