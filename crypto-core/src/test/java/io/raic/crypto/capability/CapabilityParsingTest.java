package io.raic.crypto.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.bytes.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilityParsingTest {
  private static final String KEY = Samples.KEY;
  private static final String HASH = Samples.HASH;

  static Stream<String> all() {
    return Stream.of(Samples.IMMUTABLE, Samples.MUTABLE_READ_ONLY, Samples.WRITE)
        .flatMap(List::stream);
  }

  static Stream<String> withoutLiterals() {
    return all().filter(text -> !text.contains("LIT"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyKindIsPrintedAsItIsWritten(String text) {
    assertThat(Capabilities.parse(text).reveal()).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("all")
  void oneNewlineAtTheEndIsDropped(String text) {
    assertThat(Capabilities.parse(text + "\n").reveal()).isEqualTo(text);
    if (!text.contains("Verifier")) {
      refused(text + "\n\n");
      refused(text + "\r\n");
      refused(text + " ");
    }
    refused(" " + text);
    refused("\n" + text);
  }

  @ParameterizedTest
  @MethodSource("all")
  void noPartOfACapIsOptional(String text) {
    for (int end = 0; end < text.length(); end++) {
      String part = text.substring(0, end);
      boolean literal = text.contains("LIT") && end >= text.lastIndexOf(':') + 1;
      boolean shorterSize = text.contains("CHK") && end > text.lastIndexOf(':') + 1;
      if (!literal && !shorterSize) {
        refused(part);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("withoutLiterals")
  void keysAndHashesHaveOneLengthAndOneText(String text) {
    refused(text.replace(KEY, KEY + "a"));
    refused(text.replace(KEY, KEY.substring(1)));
    refused(text.replace(KEY, ""));
    refused(text.replace(HASH, HASH + "aaaaaaaa"));
    refused(text.replace(HASH, HASH.substring(0, 51)));
    // The last character has bits beyond the data.
    refused(text.replace(KEY, KEY.substring(0, 25) + "b"));
    refused(text.replace(HASH, HASH.substring(0, 51) + "b"));
    refused(text.replace(KEY, KEY.toUpperCase(Locale.ROOT)));
    refused(text.replace(KEY, "1" + KEY.substring(1)));
    refused(text.replace(KEY, KEY.substring(0, 25) + "="));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "URI",
        "URI:",
        "URI:CHK",
        "uri:CHK:",
        "URI:chk:",
        "URI:CHK-RO:",
        "URI:DIR2-CHK-RO:",
        "URI:DIR2-SSK:",
        "URI:DIR3:",
        "URI:MDMF-Verifie:",
        "URI::",
        "http://localhost",
        "ro.",
        "imm.",
        "URI:LIT",
        "URI:DIR2-LIT-Verifier:",
        "URI:LIT-Verifier:",
        "x-tahoe-future-test:1",
        "URI:CHK%3A"
      })
  void whatIsNoCapabilityIsRefused(String text) {
    refused(text);
    refused(text + KEY + ":" + HASH);
    refused(text + KEY + ":" + HASH + ":3:10:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0:10:56", // no share needed
        "11:10:56", // more needed than made
        "3:257:56", // more than there are
        "257:257:56",
        "3:10:0", // nothing is not stored in shares
        "3:10:-1",
        "-3:10:56",
        "+3:10:56",
        "3:+10:56",
        "3:10:+56",
        "3:10:",
        ":10:56",
        "3::56",
        " 3:10:56",
        "3:10: 56",
        "3:10:56a",
        "3:10:0x38",
        "3:10:5_6",
        "3:10:5.6",
        "3:10:5e6",
        "3:10:\u0665", // an Arabic-Indic five
        "3:10:9223372036854775808",
        "3:10:99999999999999999999999999",
        "4294967299:10:56",
        "3:4294967306:56",
        "3:10:56:",
        "3:10:56:1",
        "3:10",
        "3"
      })
  void wrongNumbersAreRefused(String numbers) {
    refused("URI:CHK:" + KEY + ":" + HASH + ":" + numbers);
    refused("URI:DIR2-CHK:" + KEY + ":" + HASH + ":" + numbers);
  }

  /** The grammar of the format allows leading zeros; nobody writes them, and neither do we. */
  @Test
  void leadingZerosAreReadAndNotWritten() {
    String zeros = "URI:CHK:" + KEY + ":" + HASH + ":003:010:" + "0".repeat(100) + "56";
    assertThat(Capabilities.parse(zeros).reveal()).isEqualTo(Samples.IMMUTABLE.getFirst());
    assertThat(Capabilities.parse(zeros))
        .isEqualTo(Capabilities.parse(Samples.IMMUTABLE.getFirst()));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "256, 256, 9223372036854775807", "1, 256, 4294967296"})
  void theLargestNumbersAreRead(String needed, String total, String size) {
    String text = "URI:CHK:%s:%s:%s:%s:%s".formatted(KEY, HASH, needed, total, size);
    assertThat(Capabilities.parse(text).reveal()).isEqualTo(text);
    assertThat(Capabilities.parse(text).verifyOnly()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {":", ":more", "more", ":1:2:3", "\nmore", " ", ":::::::::::::::::::::::"})
  void whatFollowsAVerifyCapIsDropped(String trailing) {
    String text = "URI:CHK-Verifier:" + KEY + ":" + HASH + ":3:10:56";
    assertThat(Capabilities.parse(text + trailing).reveal()).isEqualTo(text);
    refused(text.replace(":56", ":") + trailing);
    refused(text.replace(":56", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {":", ":3:131073", ":anything at all", ":3:131073:more:::::::::::::::::::"})
  void theHintsOfMdmfAreDropped(String hints) {
    for (String kind : List.of("MDMF", "MDMF-RO", "MDMF-Verifier", "DIR2-MDMF", "DIR2-MDMF-RO")) {
      String text = "URI:" + kind + ":" + KEY + ":" + HASH;
      assertThat(Capabilities.parse(text + hints).reveal()).isEqualTo(text);
      refused(text + "x" + hints);
    }
    for (String kind : List.of("SSK", "SSK-RO", "SSK-Verifier", "DIR2", "DIR2-RO")) {
      refused("URI:" + kind + ":" + KEY + ":" + HASH + hints);
    }
  }

  @Test
  void aPrefixIsDroppedFromACapNoStrongerThanItSays() {
    for (String text : Samples.IMMUTABLE) {
      assertThat(Capabilities.parse("ro." + text).reveal()).isEqualTo(text);
      assertThat(Capabilities.parse("imm." + text).reveal()).isEqualTo(text);
    }
    for (String text : Samples.MUTABLE_READ_ONLY) {
      assertThat(Capabilities.parse("ro." + text).reveal()).isEqualTo(text);
    }
  }

  @Test
  void aCapStrongerThanItsPrefixSaysIsRefusedNotDiminished() {
    for (String text : Samples.WRITE) {
      refused("ro." + text);
      refused("imm." + text);
    }
    for (String text : Samples.MUTABLE_READ_ONLY) {
      refused("imm." + text);
    }
  }

  @Test
  void onePrefixIsEnough() {
    for (String text : Samples.IMMUTABLE) {
      refused("ro.ro." + text);
      refused("imm.ro." + text);
      refused("RO." + text);
    }
  }

  @Test
  void aLiteralHasAnyLengthUpToALimit() {
    assertThat(Capabilities.parse("URI:LIT:").reveal()).isEqualTo("URI:LIT:");
    String whole = "URI:LIT:" + "a".repeat(1000 * 8);
    assertThat(Capabilities.parse(whole)).isEqualTo(new LiteralCap(Bytes.copyOf(new byte[5000])));
    refused("URI:LIT:a");
    refused("URI:LIT:ab");
    refused("URI:LIT:aa:");
    refused("URI:LIT:" + "a".repeat(Capabilities.MAX_CHARACTERS));
  }

  private static void refused(String text) {
    assertThatThrownBy(() -> Capabilities.parse(text))
        .as("parsing %s", text)
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause();
  }
}
