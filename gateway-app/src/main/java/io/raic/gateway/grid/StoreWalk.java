package io.raic.gateway.grid;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Page;
import io.raic.cloud.Request;
import io.raic.crypto.share.Geometry;
import io.raic.gateway.schedule.Mailbox;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;

/**
 * The shares that one store lists, file by file, in the order of storage indexes; a thread of its
 * own is at most {@value #PAGES_AHEAD} pages ahead. A store that does not keep the order fails.
 *
 * <p>For one thread.
 */
final class StoreWalk implements AutoCloseable {
  static final int PAGES_AHEAD = 2;

  private static final String ALL = "shares/";
  private static final int PAGE = 1000;

  /** So many pages without an object are no listing. */
  private static final int MAX_EMPTY_PAGES = 1000;

  /** No share is this long: sums below it do not overflow. */
  private static final long MAX_SHARE_BYTES = 1L << 60;

  /** What the thread sends. */
  private sealed interface Letter {
    /** Shares of whole files, but for the last one, which may go on. */
    record Some(List<ObjectInfo> objects) implements Letter {}

    record End(String failure) implements Letter {}
  }

  private final String store;
  private final Mailbox<Letter> letters;
  private final Queue<ListedShare> ready = new ArrayDeque<>();
  private final Map<Integer, ListedShare> current = new TreeMap<>();
  private Strand strand = NOT_STARTED;
  private String file = "";
  private boolean isOver;
  private String failure = "";
  private long objects;

  private static final Strand NOT_STARTED =
      new Strand() {
        @Override
        public void interrupt() {}

        @Override
        public boolean join(Duration limit) {
          return true;
        }
      };

  private StoreWalk(String store, Scheduler scheduler) {
    this.store = store;
    this.letters = new Mailbox<>(scheduler, PAGES_AHEAD);
  }

  static StoreWalk start(Store store, Duration step, Scheduler scheduler) {
    var walk = new StoreWalk(store.id(), scheduler);
    walk.strand = scheduler.start("listing", () -> walk.list(store, step));
    return walk;
  }

  private void list(Store store, Duration step) {
    String reason = "";
    try {
      listAll(store, step);
    } catch (BackendException e) {
      reason = String.valueOf(e.getMessage());
    } catch (InterruptedException _) {
      reason = store.id() + ": interrupted";
    } catch (RuntimeException e) {
      reason = store.id() + ": " + e.getClass().getName();
    } catch (Error e) {
      // Who waits for the list must not wait for ever.
      letters.end(new Letter.End(store.id() + ": " + e.getClass().getName()));
      throw e;
    }
    letters.end(new Letter.End(reason));
  }

  private void listAll(Store store, Duration step) throws InterruptedException {
    Optional<String> next = Optional.empty();
    String last = "";
    int empty = 0;
    do {
      Page page = store.backend().list(ALL, next, PAGE, Deadline.in(step));
      empty = page.objects().isEmpty() ? empty + 1 : 0;
      for (var object : page.objects()) {
        if (object.key().text().compareTo(last) <= 0) {
          throw corrupt(store, "lists keys out of order");
        }
        last = object.key().text();
      }
      if (empty > MAX_EMPTY_PAGES) {
        throw corrupt(store, "lists nothing, again and again");
      }
      boolean isSent = false;
      while (!isSent) {
        // Whoever takes them may wait for other stores.
        isSent = letters.offer(new Letter.Some(page.objects()), step.toNanos());
      }
      next = page.next();
    } while (next.isPresent());
  }

  private static BackendException corrupt(Store store, String what) {
    return new BackendException.Corrupt(Request.of(store.id(), Operation.LIST), what);
  }

  String id() {
    return store;
  }

  long objects() {
    return objects;
  }

  /** Returns why not everything was listed; empty if it was, or is being. */
  Optional<String> failure() {
    return failure.isEmpty() ? Optional.empty() : Optional.of(failure);
  }

  /** Returns the next share, and waits for it; empty after the last one. */
  Optional<ListedShare> peek() throws InterruptedException {
    while (ready.isEmpty() && !isOver) {
      switch (letters.take()) {
        case Letter.Some(var page) -> {
          objects += page.size();
          page.forEach(this::add);
        }
        case Letter.End(var reason) -> {
          isOver = true;
          failure = reason;
          flush();
        }
      }
    }
    return Optional.ofNullable(ready.peek());
  }

  /** Returns the share that {@link #peek} has shown. */
  ListedShare take() {
    return ready.remove();
  }

  /** Names in the wrong place, and those of no share, are passed over. */
  private void add(ObjectInfo object) {
    var key = object.key();
    var index = ShareAddress.storageIndex(key);
    if (index.isEmpty() || object.size() < 0 || object.size() > MAX_SHARE_BYTES) {
      return;
    }
    ShareAddress.parse(ShareAddress.prefix(index.get()), key.text())
        .filter(part -> part.shareNumber() < Geometry.MAX_TOTAL)
        .ifPresent(part -> {
          String text = index.get().text();
          if (!text.equals(file)) {
            flush();
            file = text;
          }
          add(part, key, object.size());
        });
  }

  /** Chunks are listed in the order of their names, so that 10 comes before 2. */
  private void add(ShareAddress.Part part, ObjectKey key, long bytes) {
    var before = current.get(part.shareNumber());
    if (part.chunk() == 0) {
      current.put(
          part.shareNumber(), new ListedShare(file, store, part.shareNumber(), bytes, key, bytes));
    } else if (before != null && before.bytes() <= MAX_SHARE_BYTES - bytes) {
      boolean isLast = chunk(key) > chunk(before.last());
      current.put(
          part.shareNumber(),
          isLast
              ? before.and(key, bytes)
              : new ListedShare(
                  file,
                  store,
                  part.shareNumber(),
                  before.bytes() + bytes,
                  before.last(),
                  before.lastBytes()));
    }
  }

  private int chunk(ObjectKey key) {
    String name = key.text().substring(key.text().lastIndexOf('/') + 1);
    int dot = name.indexOf('.');
    return dot < 0 ? 0 : Integer.parseInt(name.substring(dot + 1));
  }

  private void flush() {
    current.values().stream()
        .sorted(Comparator.comparingInt(ListedShare::share))
        .forEach(ready::add);
    current.clear();
  }

  @Override
  public void close() {
    strand.interrupt();
  }
}
