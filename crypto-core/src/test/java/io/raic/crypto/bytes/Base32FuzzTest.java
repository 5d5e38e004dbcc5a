package io.raic.crypto.bytes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * The build repeats the inputs kept with the resources; with {@code JAZZER_FUZZ=1} in the
 * environment, and one of the methods as {@code -Dtest}, it looks for others.
 */
class Base32FuzzTest {
  @FuzzTest
  void whatIsDecodedIsEncodedToTheSameText(byte[] input) {
    String text = new String(input, ISO_8859_1);
    byte[] data;
    try {
      data = Base32.decode(text);
    } catch (IllegalArgumentException _) {
      return;
    }
    assertThat(Base32.encode(data)).isEqualTo(text);
  }
}
