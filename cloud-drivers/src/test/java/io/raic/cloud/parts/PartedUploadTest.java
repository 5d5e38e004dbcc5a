package io.raic.cloud.parts;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.VersionToken;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartedUploadTest {
  private static final ObjectKey KEY = ObjectKey.of("a");

  /** Notes what is sent, and fails in the part that it is told to. */
  private static final class Notes implements PartTarget {
    private final List<String> calls = new ArrayList<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private int failing = -1;

    @Override
    public void enter(Operation operation, Deadline deadline) {
      assertThat(deadline.isOver()).isFalse();
    }

    private void send(String call, Part part) {
      calls.add("%s %d at %d: %d".formatted(call, part.number(), part.offset(), part.length()));
      part.progress().sent(part.length());
      if (part.number() == failing) {
        throw new BackendException.Unavailable(Request.of("cloud", Operation.WRITE), "down");
      }
      sent.write(part.data(), 0, part.length());
    }

    @Override
    public ObjectInfo putWhole(Part whole, Deadline deadline) {
      send("whole", whole);
      return info();
    }

    @Override
    public void putPart(Part part, Deadline deadline) {
      send("part", part);
    }

    @Override
    public ObjectInfo complete(Part last, Deadline deadline) {
      send("last", last);
      return info();
    }

    private ObjectInfo info() {
      return new ObjectInfo(KEY, sent.size(), new VersionToken("v"));
    }

    @Override
    public void abandon() {
      calls.add("abandon");
    }
  }

  private final Notes notes = new Notes();

  private PartedUpload upload(long length, int partBytes) {
    return new PartedUpload("cloud", length, partBytes, soon(), notes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | whole 0 at 0: 0",
        "1 | whole 0 at 0: 1",
        "10 | whole 0 at 0: 10",
        "11 | part 0 at 0: 10, last 1 at 10: 1",
        "20 | part 0 at 0: 10, last 1 at 10: 10",
        "21 | part 0 at 0: 10, part 1 at 10: 10, last 2 at 20: 1"
      })
  void anObjectIsSentInAsFewPartsAsThereCanBe(int length, String calls) {
    try (var upload = upload(length, 10)) {
      upload.write(bytes(1, length), 0, length);
      assertThat(upload.commit().size()).isEqualTo(length);
      assertThat(upload.sentBytes()).isEqualTo(length);
    }
    assertThat(String.join(", ", notes.calls)).isEqualTo(calls);
    assertThat(notes.sent.toByteArray()).isEqualTo(bytes(1, length));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void piecesOfAnySizeMakeTheSameObject(long seed) {
    var random = new Random(seed);
    int length = random.nextInt((int) seed * 1000);
    byte[] bytes = bytes(seed, length);
    try (var upload = upload(length, 1 + random.nextInt(700))) {
      for (int done = 0; done < length; ) {
        int some = 1 + random.nextInt(Math.min(length - done, 900));
        var piece = new byte[some + 4];
        System.arraycopy(bytes, done, piece, 2, some);
        upload.write(piece, 2, some);
        done += some;
      }
      upload.commit();
    }
    assertThat(notes.sent.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void anUploadThatNothingWasSentOfLeavesNothingToRemove() {
    try (var upload = upload(11, 10)) {
      upload.write(bytes(1, 10), 0, 10);
    }
    assertThat(notes.calls).isEmpty();
  }

  @Test
  void anAbandonedUploadIsRemoved() {
    try (var upload = upload(25, 10)) {
      upload.write(bytes(1, 21), 0, 21);
      assertThat(upload.sentBytes()).isEqualTo(20);
    }
    assertThat(notes.calls).last().isEqualTo("abandon");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void afterAPartThatFailedNothingIsSent(int failing) {
    notes.failing = failing;
    try (var upload = upload(25, 10)) {
      assertThatThrownBy(
              () -> {
                upload.write(bytes(1, 25), 0, 25);
                upload.commit();
              })
          .isInstanceOf(BackendException.Unavailable.class)
          .hasMessageContaining("down");
      assertThatThrownBy(() -> upload.write(new byte[0], 0, 0))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThatThrownBy(upload::commit).isInstanceOf(BackendException.Unavailable.class);
    }
    assertThat(notes.calls).hasSize(failing + 2).last().isEqualTo("abandon");
  }

  @Test
  void memoryFollowsTheBytesThatCome() {
    try (var upload = upload(1L << 40, Integer.MAX_VALUE - 8)) {
      upload.write(new byte[100], 0, 100);
      assertThat(upload.sentBytes()).isZero();
    }
  }
}
