package io.raic.crypto.capability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.IntStream;

/**
 * The build repeats the inputs kept with the resources; with {@code JAZZER_FUZZ=1} in the
 * environment, and one of the methods as {@code -Dtest}, it looks for others.
 */
class CapabilitiesFuzzTest {
  /** Enough of a string to tell it from chance. */
  private static final int TELLING = 8;

  @FuzzTest
  void whatIsReadIsPrintedInItsOneForm(byte[] input) {
    String text = new String(input, UTF_8);
    Capability cap;
    try {
      cap = Capabilities.parse(text);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasNoCause();
      // Its kind and its numbers, which are no secrets, may stand there.
      String message =
          String.valueOf(e.getMessage()).replaceAll("URI:[A-Z2]+(-[A-Za-z]+)*|[0-9]+", "");
      boolean quoted =
          IntStream.rangeClosed(0, text.length() - TELLING)
              .anyMatch(i -> message.contains(text.substring(i, i + TELLING)));
      assertThat(quoted).as(message).isFalse();
      return;
    }
    String canonical = cap.reveal();
    assertThat(canonical).startsWith(cap.kind() + ":");
    assertThat(Capabilities.parse(canonical)).isEqualTo(cap);
    assertThat(Capabilities.parse(canonical).reveal()).isEqualTo(canonical);
    assertThat(cap.toString()).endsWith("[redacted]").hasSizeLessThan(60);
    cap.readOnly().ifPresent(read -> assertThat(Capabilities.parse(read.reveal())).isEqualTo(read));
    cap.verifyOnly()
        .ifPresent(verify -> assertThat(Capabilities.parse(verify.reveal())).isEqualTo(verify));
  }
}
