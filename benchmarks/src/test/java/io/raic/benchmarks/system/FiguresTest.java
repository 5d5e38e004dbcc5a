package io.raic.benchmarks.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What figures are made of. */
class FiguresTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aPercentileIsTheLeastTimeThatSoManyDidNotExceed(long seed) {
    var order = IntStream.rangeClosed(1, 2000).boxed().collect(Collectors.toList());
    Collections.shuffle(order, new Random(seed));
    var latencies = new Latencies();
    order.forEach(millis -> latencies.add(millis * 1_000_000L));
    assertThat(latencies.millis(50)).isEqualTo(1000);
    assertThat(latencies.millis(99)).isEqualTo(1980);
    assertThat(latencies.millis(99.9)).isEqualTo(1998);
    assertThat(latencies.millis(100)).isEqualTo(2000);
  }

  @Test
  void aPercentileOfOneIsThatOneAndOfNoneIsAnError() {
    var latencies = new Latencies();
    assertThatThrownBy(() -> latencies.millis(50)).isInstanceOf(IllegalStateException.class);
    latencies.add(7_000_000);
    assertThat(latencies.millis(0.1)).isEqualTo(7);
    assertThat(latencies.millis(99.9)).isEqualTo(7);
  }

  @Test
  void aMedianIsTheMiddleOne() {
    assertThat(Figure.of("", "", 3, 1, 2).median()).isEqualTo(2);
    assertThat(Figure.of("", "", 4, 1, 3, 2).median()).isEqualTo(2.5);
    assertThat(Figure.of("", "", 4, 1, 3).least()).isEqualTo(1);
    assertThat(Figure.of("", "", 4, 1, 3).most()).isEqualTo(4);
  }

  @Test
  void jsonIsWhatItShouldBe() {
    assertThat(Json.of(Map.of("a\"b", List.of(1, 2.5, Double.NaN, true, "c\nd"))))
        .isEqualTo("{\n  \"a\\\"b\": [1, 2.50000, null, true, \"c\\u000ad\"]\n}\n");
    assertThat(Json.of(List.of())).isEqualTo("[]\n");
    assertThat(Json.of(Map.of())).isEqualTo("{}\n");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void piecesOfAFileFitTogetherAndFilesDiffer(long seed) {
    var pattern = new FilePattern(seed);
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 100; i++) {
      int file = random.nextInt(1 << 20);
      long offset = random.nextLong(1L << 40);
      int cut = random.nextInt(FilePattern.MAX_PIECE);
      var whole = pattern.piece(file, offset, FilePattern.MAX_PIECE);
      var parts =
          ByteBuffer.allocate(FilePattern.MAX_PIECE)
              .put(pattern.piece(file, offset, cut))
              .put(pattern.piece(file, offset + cut, FilePattern.MAX_PIECE - cut))
              .flip();
      assertThat(parts).isEqualTo(whole);
      assertThat(pattern.piece(file + 1, offset, 1024)).isNotEqualTo(whole.slice(0, 1024));
    }
  }
}
