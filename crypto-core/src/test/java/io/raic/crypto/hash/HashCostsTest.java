package io.raic.crypto.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashCostsTest {
  private static final int SEGMENT = 1 << 20;
  private static final int BLOCK = 349_526;
  private static final byte[] DATA = new byte[SEGMENT];

  /** About what a processor with instructions for SHA-256 takes. */
  private final HashCosts costs = new HashCosts(200, 36, 300, 310);

  @Test
  void fullLanesGetEverything() {
    assertThat(costs.alone(messages(6, 30))).isZero();
    assertThat(costs.alone(messages(0, 15))).isZero();
    assertThat(costs.alone(messages(16, 80))).isZero();
    assertThat(costs.alone(messages(0, 1008))).isZero();
  }

  @Test
  void aFewMessagesAreHashedOneByOne() {
    assertThat(costs.alone(messages(1, 5))).isEqualTo(6);
    assertThat(costs.alone(messages(0, 8))).isEqualTo(8);
    assertThat(costs.alone(List.of())).isZero();
  }

  @Test
  void aFewLongMessagesAreKeptOutOfTheLanes() {
    assertThat(costs.alone(messages(3, 15))).isEqualTo(3);
  }

  @Test
  void whatIsLeftOverWhenLanesAreFullIsHashedOneByOne() {
    assertThat(costs.alone(messages(0, 18))).isEqualTo(2);
  }

  @Test
  void whereAMessageCostsMuchInALaneShortOnesStayOutOfThem() {
    var slowToBegin = new HashCosts(200, 36, 5_000, 310);
    assertThat(slowToBegin.alone(List.of(message(100), message(90)))).isEqualTo(2);
    assertThat(slowToBegin.leastMessages(3)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void itTellsHowManyMessagesItTakes() {
    assertThat(costs.leastMessages(5463)).isEqualTo(9);
    assertThat(new HashCosts(200, 300, 300, 310).leastMessages(5463)).isEqualTo(2);
  }

  private static List<Message> messages(int segments, int blocks) {
    var messages = new ArrayList<Message>();
    for (int i = 0; i < segments; i++) {
      messages.add(message(SEGMENT));
    }
    for (int i = 0; i < blocks; i++) {
      messages.add(message(BLOCK));
    }
    return messages;
  }

  private static Message message(int length) {
    return new Message(Tag.BLOCK, DATA, 0, length, 0);
  }
}
