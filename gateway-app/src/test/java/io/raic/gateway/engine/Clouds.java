package io.raic.gateway.engine;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.crypto.bytes.Secret;
import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.file.Encoding;
import io.raic.gateway.file.Downloader;
import io.raic.gateway.file.SegmentCache;
import io.raic.gateway.file.Uploader;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.GridListener;
import io.raic.gateway.grid.Limits;
import io.raic.gateway.grid.Placement;
import io.raic.gateway.grid.Store;
import io.raic.gateway.grid.TransferBudget;
import io.raic.gateway.repair.Repairer;
import io.raic.gateway.schedule.VirtualThreads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The engine over stores in memory, whose faults a test sets. */
public final class Clouds implements AutoCloseable {
  /** So short that a test need not wait, so long that a busy machine does not run into it. */
  public static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(4),
          Duration.ofMillis(50),
          Duration.ofMillis(1000),
          Duration.ofMillis(1000));

  /** Segments so short that a small file has many. */
  public static final int SEGMENT_BYTES = 3000;

  private final List<MemoryBackend> stores;
  private final Grid grid;
  private final Uploader uploader;
  private final Downloader downloader;
  private final Repairer repairer;
  private final TransferBudget budget;

  private Clouds(
      Path directory, Encoding encoding, Placement rules, List<Store> stores, Limits limits)
      throws IOException {
    this(
        directory,
        encoding,
        rules,
        stores,
        stores.stream().map(store -> (MemoryBackend) store.backend()).toList(),
        limits,
        List.of());
  }

  private Clouds(
      Path directory,
      Encoding encoding,
      Placement rules,
      List<Store> stores,
      List<MemoryBackend> memory,
      Limits limits,
      List<GridListener> listeners)
      throws IOException {
    this.stores = memory;
    this.grid =
        new Grid(
            stores,
            rules,
            limits,
            encoding.maxSegmentBytes(),
            directory.resolve("leftovers"),
            new VirtualThreads(),
            listeners);
    this.budget = new TransferBudget(64 << 20, Duration.ofSeconds(10), new VirtualThreads());
    this.uploader =
        new Uploader(
            grid,
            encoding,
            Secret.copyOf(new byte[32]),
            directory.resolve("tmp"),
            16 << 10,
            budget,
            new SecureRandom());
    this.downloader = new Downloader(grid, budget);
    this.repairer = new Repairer(grid, budget);
  }

  /** Returns five stores, each with an operator of its own, and files of 3 of 5 shares. */
  public static Clouds five(Path directory) throws IOException {
    return of(directory, 3, 5, 4, 5);
  }

  /** Returns five stores, each behind what {@code guard} puts before it. */
  static Clouds guarded(Path directory, UnaryOperator<CloudBackend> guard) throws IOException {
    var memory = IntStream.range(0, 5).mapToObj(i -> new MemoryBackend("store-" + i)).toList();
    var stores = memory.stream().map(m -> new Store(m.id(), guard.apply(m))).toList();
    var operators = stores.stream().collect(Collectors.toMap(Store::id, Store::operator));
    return new Clouds(
        directory,
        new Encoding(3, 5, SEGMENT_BYTES),
        Placement.forNewFiles(3, 5, 4, operators),
        stores,
        memory,
        LIMITS,
        List.of());
  }

  /** Returns five stores of which {@code listener} hears. */
  static Clouds heardBy(Path directory, GridListener listener) throws IOException {
    var memory = IntStream.range(0, 5).mapToObj(i -> new MemoryBackend("store-" + i)).toList();
    var stores = memory.stream().map(m -> new Store(m.id(), (CloudBackend) m)).toList();
    var operators = stores.stream().collect(Collectors.toMap(Store::id, Store::operator));
    return new Clouds(
        directory,
        new Encoding(3, 5, SEGMENT_BYTES),
        Placement.forNewFiles(3, 5, 4, operators),
        stores,
        memory,
        LIMITS,
        List.of(listener));
  }

  /** Returns {@code count} stores, each with an operator of its own. */
  public static Clouds of(Path directory, int needed, int total, int happy, int count)
      throws IOException {
    var stores =
        IntStream.range(0, count)
            .mapToObj(i -> new Store("operator-" + i, new MemoryBackend("store-" + i)))
            .toList();
    return over(directory, needed, total, happy, stores);
  }

  /** Returns {@code stores}, which may belong together, as another gateway sees them. */
  static Clouds over(Path directory, int needed, int total, int happy, List<Store> stores)
      throws IOException {
    var operators = stores.stream().collect(Collectors.toMap(Store::id, Store::operator));
    return new Clouds(
        directory,
        new Encoding(needed, total, SEGMENT_BYTES),
        Placement.forNewFiles(needed, total, happy, operators),
        stores,
        LIMITS);
  }

  /** Returns these clouds as a gateway sees them that never asks for a second share in haste. */
  Clouds patient(Path directory) throws IOException {
    return new Clouds(
        directory,
        new Encoding(3, 5, SEGMENT_BYTES),
        grid.rules(),
        stores.stream().map(store -> new Store(store.id(), (CloudBackend) store)).toList(),
        new Limits(LIMITS.step(), LIMITS.step(), LIMITS.stall()));
  }

  /** Returns the stores. */
  public List<MemoryBackend> stores() {
    return stores;
  }

  MemoryBackend store(int i) {
    return stores.get(i);
  }

  Grid grid() {
    return grid;
  }

  Uploader uploader() {
    return uploader;
  }

  TransferBudget budget() {
    return budget;
  }

  Repairer repairer() {
    return repairer;
  }

  /** Returns what reads through {@code cache}. */
  Downloader downloader(SegmentCache cache) {
    return new Downloader(grid, budget, Optional.of(cache));
  }

  /** Stores {@code data} with a random key. */
  public ReadCap put(byte[] data) throws IOException {
    return shared(upload(data, true)).capability();
  }

  /** Stores {@code data} with a convergent key. */
  public ReadCap converge(byte[] data) throws IOException {
    return shared(upload(data, false)).capability();
  }

  Uploader.Stored upload(byte[] data, boolean randomKey) throws IOException {
    return uploader.upload(new ByteArrayInputStream(data), OptionalLong.of(data.length), randomKey);
  }

  static Uploader.Stored.Shared shared(Uploader.Stored stored) {
    return (Uploader.Stored.Shared) stored;
  }

  /** Reads a whole file. */
  public byte[] get(ReadCap cap) throws IOException {
    return get(cap, 0, cap.size());
  }

  byte[] get(ReadCap cap, long offset, long length) throws IOException {
    return get(downloader, cap, offset, length);
  }

  static byte[] get(Downloader downloader, ReadCap cap, long offset, long length)
      throws IOException {
    var out = new ByteArrayOutputStream();
    try (var content = downloader.open(cap, offset, length)) {
      content.writeTo(out);
    }
    return out.toByteArray();
  }

  byte[] get(LiteralCap cap) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var content = downloader.open(cap, 0, cap.data().length())) {
      content.writeTo(out);
    }
    return out.toByteArray();
  }

  /** Returns every object of every store, by store and key. */
  public Map<String, byte[]> objects() {
    var objects = new TreeMap<String, byte[]>();
    for (var store : stores) {
      for (ObjectKey key : store.objects().keys()) {
        objects.put(store.id() + ":" + key, store.objects().bytes(key).orElseThrow());
      }
    }
    return objects;
  }

  /** Returns how many calls of a kind all stores had. */
  long calls(Operation operation) {
    return stores.stream().mapToLong(store -> store.calls().count(operation)).sum();
  }

  /** Returns how many bytes were read from all stores. */
  long bytesRead() {
    return stores.stream().mapToLong(store -> store.calls().bytes(Operation.READ)).sum();
  }

  /** Counts calls from zero again. */
  void resetCalls() {
    stores.forEach(store -> store.calls().reset());
  }

  /** Returns the store that has share {@code share} of the file of {@code cap}. */
  MemoryBackend storeOf(ReadCap cap, int share) {
    String name = cap.storageIndex().text() + "/" + share;
    return stores.stream()
        .filter(s -> s.objects().keys().stream().anyMatch(key -> key.text().endsWith(name)))
        .findFirst()
        .orElseThrow();
  }

  /** Turns over every bit of every object of {@code store}. */
  static void flipAll(MemoryBackend store) {
    rewrite(
        store,
        bytes -> {
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ~bytes[i];
          }
          return bytes;
        });
  }

  static void rewrite(MemoryBackend store, Function<byte[], byte[]> change) {
    for (ObjectKey key : store.objects().keys()) {
      store.objects().put(key, change.apply(store.objects().bytes(key).orElseThrow()));
    }
  }

  /** Returns {@code length} bytes that follow from {@code seed}. */
  public static byte[] data(long seed, int length) {
    byte[] data = new byte[length];
    RandomGeneratorFactory.of("L64X128MixRandom").create(seed).nextBytes(data);
    return data;
  }

  @Override
  public void close() {
    grid.close();
  }
}
