package io.raic.crypto.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base32Test {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @Test
  void theTextIsTheKnownAnswer() {
    assertThat(Base32.encode("hello".getBytes(US_ASCII))).isEqualTo("nbswy3dp");
    assertThat(Base32.encode(new byte[0])).isEmpty();
    assertThat(Base32.encode(new byte[] {(byte) 0xff})).isEqualTo("74");
    assertThat(Base32.encode(HexFormat.of().parseHex("00443214c74254b635cf84653a56d7c675be77df")))
        .isEqualTo(ALPHABET);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsEncodedIsDecoded(int seed) {
    byte[] data = new byte[seed];
    new Random(seed).nextBytes(data);
    String text = Base32.encode(data);
    assertThat(text).hasSize((int) Base32.encodedLength(seed)).matches("[a-z2-7]*");
    assertThat(Base32.decode(text)).isEqualTo(data);
  }

  /** Format §1.1: the last character of a partial group. */
  @ParameterizedTest
  @CsvSource({
    "2, aeimquy4",
    "4, aq",
    "5, acegikmoqsuwy246",
    "7, aiqy",
    "8, abcdefghijklmnopqrstuvwxyz234567",
    "26, aeimquy4",
    "52, aq"
  })
  void theLastCharacterHasNoBitsBeyondTheData(int length, String allowed) {
    for (int i = 0; i < ALPHABET.length(); i++) {
      char last = ALPHABET.charAt(i);
      String text = "b".repeat(length - 1) + last;
      if (allowed.indexOf(last) >= 0) {
        assertThat(Base32.encode(Base32.decode(text))).isEqualTo(text);
      } else {
        assertThatThrownBy(() -> Base32.decode(text))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("bits beyond");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 9, 11, 14, 17, 257})
  void lengthsThatNoBytesHaveAreRefused(int length) {
    assertThatThrownBy(() -> Base32.decode("a".repeat(length)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("" + length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"aaAa", "aa1a", "aa0a", "aa8a", "aa=a", "aa a", "aa\na", "aa\u0161a", "aa\uff41a"})
  void charactersOutsideTheAlphabetAreRefusedByPlace(String text) {
    assertThatThrownBy(() -> Base32.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("character 2 is not base32");
  }
}
