package io.raic.cloud.contract;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.drain;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What many threads do at once is as if they had done it one after the other. */
public interface RacingContract extends EmptyBackend {
  /** How many write one object at once. */
  int RACERS = 16;

  /** How often a race is run; a driver over a slow line may want fewer. */
  default int races() {
    return 10;
  }

  @Test
  default void oneOfManyCreatesAnObject() throws InterruptedException {
    try (var store = emptyBackend()) {
      assumeTrue(store.traits().createOnly(), "the store cannot create only");
      for (int race = 0; race < races(); race++) {
        var key = ObjectKey.of("race/" + race);
        assertThat(winner(store, key, Precondition.absent())).isEqualTo(1);
      }
    }
  }

  @Test
  default void oneOfManyReplacesAVersion() throws InterruptedException {
    try (var store = emptyBackend()) {
      assumeTrue(store.traits().replaceIfMatches(), "the store cannot replace what matches");
      var key = ObjectKey.of("race");
      for (int race = 0; race < races(); race++) {
        var seen = put(store, key, bytes(99, 9)).version();
        assertThat(winner(store, key, new Precondition.Matches(seen))).isEqualTo(1);
      }
    }
  }

  /** Lets all write at once, checks that a winner's bytes are there, and counts the winners. */
  private static int winner(CloudBackend store, ObjectKey key, Precondition precondition)
      throws InterruptedException {
    var won =
        Racers.race(
            RACERS,
            number -> {
              try {
                return put(store, key, bytes(number, 1000 + number), precondition).size() > 0;
              } catch (BackendException.PreconditionFailed _) {
                return false;
              }
            });
    byte[] there = read(store, key).orElseThrow();
    assertThat(there).isEqualTo(bytes(there.length - 1000, there.length));
    assertThat(won.get(there.length - 1000)).isTrue();
    return (int) won.stream().filter(w -> w).count();
  }

  @Test
  default void everyRacingWriterLearnsItsOwnVersion() throws InterruptedException {
    try (var store = emptyBackend()) {
      var key = ObjectKey.of("race");
      for (int race = 0; race < races(); race++) {
        var versions =
            Racers.race(RACERS, number -> put(store, key, bytes(number, 1000 + number)).version());
        assertThat(versions).doesNotHaveDuplicates();
        var there = store.stat(key, soon()).orElseThrow();
        assertThat(versions.indexOf(there.version())).isEqualTo((int) there.size() - 1000);
      }
    }
  }

  @Test
  default void noIncrementOfACounterIsLost() throws InterruptedException {
    try (var store = emptyBackend()) {
      assumeTrue(store.traits().replaceIfMatches(), "the store cannot replace what matches");
      var key = ObjectKey.of("counter");
      put(store, key, new byte[8]);
      int threads = 4;
      Racers.race(
          threads,
          _ -> {
            for (int done = 0; done < races(); ) {
              if (increment(store, key)) {
                done++;
              }
            }
            return true;
          });
      assertThat(ByteBuffer.wrap(read(store, key).orElseThrow()).getLong())
          .isEqualTo((long) threads * races());
    }
  }

  private static boolean increment(CloudBackend store, ObjectKey key) {
    var download = store.get(key, ByteRange.ALL, soon()).orElseThrow();
    var seen = new Precondition.Matches(download.info().version());
    long next = ByteBuffer.wrap(drain(download)).getLong() + 1;
    try {
      put(store, key, ByteBuffer.allocate(8).putLong(next).array(), seen);
      return true;
    } catch (BackendException.PreconditionFailed _) {
      return false;
    }
  }

  @Test
  default void aReaderSeesWholeVersionsOnly() throws InterruptedException {
    try (var store = emptyBackend()) {
      var key = ObjectKey.of("a/b");
      put(store, key, bytes(0, 1));
      var isOver = new AtomicBoolean();
      var reads =
          Racers.race(
              4,
              number -> {
                if (number == 0) {
                  for (int size = 1; size <= 20 * races(); size++) {
                    put(store, key, bytes(size % 7, size * 997));
                  }
                  isOver.set(true);
                }
                int count = 0;
                do {
                  var download = store.get(key, ByteRange.ALL, soon()).orElseThrow();
                  long size = download.info().size();
                  byte[] there = drain(download);
                  assertThat(there.length).isEqualTo(size);
                  assertThat(there).isEqualTo(bytes(size == 1 ? 0 : size / 997 % 7, (int) size));
                  count++;
                } while (!isOver.get());
                return count;
              });
      assertThat(reads).allMatch(count -> count > 0);
    }
  }

  @Test
  default void manyWriteAndDeleteAtOnce() throws InterruptedException {
    try (var store = emptyBackend()) {
      Racers.race(
          4 * RACERS,
          number -> {
            // All in one directory, which is made and emptied over and over.
            var passing = ObjectKey.of("d/e/passing" + number);
            for (int i = 0; i < races(); i++) {
              put(store, passing, bytes(number, 100));
              assertThat(store.delete(passing, soon())).isTrue();
            }
            return put(store, ObjectKey.of("d/f/" + number), bytes(number, 3000));
          });
      assertThat(keys(store, ""))
          .containsExactlyElementsOf(
              IntStream.range(0, 4 * RACERS).mapToObj(i -> "d/f/" + i).sorted().toList());
      for (int i = 0; i < 4 * RACERS; i++) {
        assertThat(read(store, ObjectKey.of("d/f/" + i)).orElseThrow()).isEqualTo(bytes(i, 3000));
      }
    }
  }
}
