package io.raic.gateway.simulation;

import io.raic.crypto.file.Encoding;
import io.raic.gateway.grid.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What a seed stands for, as far as it is known before the run.
 *
 * @param encoding of new files
 * @param rules of where shares may be
 * @param operators the operator of each provider, in the order of the configuration
 * @param clients how many do something at a time
 * @param operations how many things each client does
 * @param contents of the files
 * @param merciful whether never so much goes wrong that something stored cannot be read
 * @param calm about how many seconds pass until something else goes wrong, or right again
 * @param crashes at which steps the gateway crashes, each counted from its start
 * @param preemption how likely a strand loses its turn where it need not wait
 * @param budgetBytes that all transfers may take together
 */
record Scenario(
    Encoding encoding,
    Placement rules,
    List<String> operators,
    int clients,
    int operations,
    List<Content> contents,
    boolean merciful,
    double calm,
    List<Long> crashes,
    double preemption,
    long budgetBytes) {

  /** One file's bytes, which nobody changes. */
  static final class Content {
    final byte[] bytes;

    Content(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  /** Needed, total, happy, and the stores of each operator. */
  private record Shape(int needed, int total, int happy, List<Integer> stores) {}

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(3, 5, 4, List.of(1, 1, 1, 1, 1)),
          new Shape(3, 5, 4, List.of(1, 1, 1, 1, 1, 1)),
          new Shape(3, 5, 4, List.of(2, 2, 1)),
          new Shape(2, 3, 3, List.of(1, 1, 1)),
          new Shape(2, 4, 3, List.of(1, 1, 1, 1)),
          new Shape(3, 6, 5, List.of(2, 1, 2, 1)),
          new Shape(4, 10, 6, List.of(2, 2, 2, 1)),
          new Shape(4, 7, 5, List.of(1, 1, 1, 1, 1, 1, 1)));

  static final long ENOUGH = 64 << 20;

  private static final double[] CALM_SECONDS = {0.2, 2, 20};

  private static final int[] SEGMENT_BYTES = {2100, 4000, 16 << 10};

  /** Returns what {@code seed} stands for. */
  static Scenario of(long seed) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var shape = SHAPES.get(random.nextInt(SHAPES.size()));
    var operators = new ArrayList<String>();
    for (int i = 0; i < shape.stores.size(); i++) {
      for (int j = 0; j < shape.stores.get(i); j++) {
        operators.add("operator-" + i);
      }
    }
    var byStore = new TreeMap<String, String>();
    for (int i = 0; i < operators.size(); i++) {
      byStore.put(storeId(i), operators.get(i));
    }
    int segmentBytes = SEGMENT_BYTES[random.nextInt(SEGMENT_BYTES.length)];
    var contents = new ArrayList<Content>();
    for (int i = random.nextInt(3, 7); i > 0; i--) {
      contents.add(content(random, segmentBytes));
    }
    var crashes = new ArrayList<Long>();
    for (int i = random.nextInt(3); i > 0; i--) {
      crashes.add(random.nextLong(20, 20_000));
    }
    return new Scenario(
        new Encoding(shape.needed, shape.total, segmentBytes),
        Placement.forNewFiles(shape.needed, shape.total, shape.happy, byStore),
        operators,
        random.nextInt(1, 5),
        random.nextInt(3, 40),
        contents,
        random.nextInt(3) > 0,
        CALM_SECONDS[random.nextInt(CALM_SECONDS.length)],
        crashes,
        random.nextInt(3) * 0.05,
        random.nextInt(4) == 0 ? 1 << 20 : ENOUGH);
  }

  static String storeId(int i) {
    return "store-" + i;
  }

  private static Content content(RandomGenerator random, int segmentBytes) {
    int size =
        switch (random.nextInt(5)) {
          case 0 -> random.nextInt(0, 60);
          case 1 -> random.nextInt(1, 4) * segmentBytes + random.nextInt(-1, 2);
          case 2 -> random.nextInt(0, 2 * segmentBytes);
          default -> random.nextInt(0, 40 * segmentBytes);
        };
    byte[] bytes = new byte[Math.min(size, 400_000)];
    random.nextBytes(bytes);
    return new Content(bytes);
  }
}
