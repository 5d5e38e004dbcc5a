package io.raic.gateway.grid;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.share.UriExtension;
import io.raic.gateway.schedule.Fanout;
import io.raic.gateway.schedule.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All files of which a store has a share, in the order of their storage indexes: what the stores
 * list, merged as it comes. All stores list at once, and each is at most {@link
 * StoreWalk#PAGES_AHEAD} pages ahead, however many files there are.
 *
 * <p>For one thread.
 */
public final class AllFiles implements AutoCloseable {
  /** How many shares are read at a time. */
  private static final int READS = 32;

  private final Map<String, Store> stores;
  private final List<StoreWalk> walks;
  private final Duration step;
  private final Fanout fanout;

  /**
   * A file, as far as it is listed.
   *
   * @param storageIndex its name
   * @param shares of it, by store
   */
  public record ListedFile(StorageIndex storageIndex, List<ListedShare> shares) {
    /** Copies the list. */
    public ListedFile {
      shares = List.copyOf(shares);
    }
  }

  private AllFiles(List<Store> stores, List<StoreWalk> walks, Duration step, Fanout fanout) {
    this.stores = stores.stream().collect(Collectors.toMap(Store::id, Function.identity()));
    this.walks = walks;
    this.step = step;
    this.fanout = fanout;
  }

  /**
   * Begins to list.
   *
   * @param step the longest that a page, or a read, may take
   */
  public static AllFiles open(List<Store> stores, Duration step, Scheduler scheduler) {
    var walks = stores.stream().map(store -> StoreWalk.start(store, step, scheduler)).toList();
    return new AllFiles(stores, walks, step, new Fanout(scheduler));
  }

  /** Returns the next file; empty after the last one that any store lists. */
  public Optional<ListedFile> next() throws InterruptedException {
    String first = "";
    for (var walk : walks) {
      var here = walk.peek().map(ListedShare::file).orElse("");
      if (!here.isEmpty() && (first.isEmpty() || here.compareTo(first) < 0)) {
        first = here;
      }
    }
    if (first.isEmpty()) {
      return Optional.empty();
    }
    var shares = new ArrayList<ListedShare>();
    for (var walk : walks) {
      while (walk.peek().map(ListedShare::file).orElse("").equals(first)) {
        shares.add(walk.take());
      }
    }
    return Optional.of(new ListedFile(StorageIndex.parse(first), shares));
  }

  /** Returns how many objects were listed so far, shares or not. */
  public long objects() {
    return walks.stream().mapToLong(StoreWalk::objects).sum();
  }

  /** Returns why stores have not listed all they have, by store; a store that has is not there. */
  public SortedMap<String, String> failures() {
    var failures = new TreeMap<String, String>();
    walks.forEach(walk -> walk.failure().ifPresent(reason -> failures.put(walk.id(), reason)));
    return failures;
  }

  /**
   * Reads of each file what its shares say of it, from one of them, and makes its verify cap. What
   * a share says is believed as far as it fits itself: only a check tells whether others agree.
   *
   * @return one for each file, in order; empty where no share can be read
   */
  public List<Optional<VerifyCap>> verifyCaps(List<ListedFile> files) throws InterruptedException {
    var caps = new ArrayList<Optional<VerifyCap>>();
    for (int from = 0; from < files.size(); from += READS) {
      var part = files.subList(from, Math.min(files.size(), from + READS));
      var calls = part.stream().<Callable<Optional<VerifyCap>>>map(f -> () -> read(f)).toList();
      for (var outcome : fanout.all(calls, step.multipliedBy(2))) {
        caps.add(
            switch (outcome) {
              case Fanout.Outcome.Done(var cap) -> cap;
              case Fanout.Outcome.Failed<Optional<VerifyCap>> _ -> Optional.empty();
            });
      }
    }
    return caps;
  }

  /** Files begin with different stores, so that all share the work. */
  private Optional<VerifyCap> read(ListedFile file) {
    int count = file.shares().size();
    int first = Math.floorMod(file.storageIndex().hashCode(), count);
    for (int i = 0; i < count; i++) {
      var share = file.shares().get((first + i) % count);
      var cap = tail(share).flatMap(UriExtension::atEnd).flatMap(e -> cap(file, e));
      if (cap.isPresent()) {
        return cap;
      }
    }
    return Optional.empty();
  }

  private static Optional<VerifyCap> cap(ListedFile file, UriExtension extension) {
    var geometry = extension.geometry();
    return Optional.of(
        new VerifyCap(
            file.storageIndex(),
            extension.hash(),
            geometry.needed(),
            geometry.total(),
            geometry.size()));
  }

  private Optional<byte[]> tail(ListedShare share) {
    var store = Objects.requireNonNull(stores.get(share.store()));
    long end = share.lastBytes();
    var range = new ByteRange(Math.max(0, end - UriExtension.TAIL_BYTES), end);
    try (var download = store.backend().get(share.last(), range, Deadline.in(step)).orElse(null)) {
      if (download == null) {
        return Optional.empty();
      }
      byte[] tail = new byte[Math.toIntExact(range.end() - range.start())];
      int got = 0;
      int read;
      while (got < tail.length && (read = download.read(tail, got, tail.length - got)) >= 0) {
        got += read;
      }
      return got == tail.length ? Optional.of(tail) : Optional.empty();
    } catch (BackendException _) {
      // Another share may be read.
      return Optional.empty();
    }
  }

  /** Ends what is listed still. */
  @Override
  public void close() {
    walks.forEach(StoreWalk::close);
  }
}
