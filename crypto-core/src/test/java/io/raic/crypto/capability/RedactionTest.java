package io.raic.crypto.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.raic.crypto.bytes.Base32;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What grants access is in no {@code toString()} and in no message. */
class RedactionTest {
  /** A run of a secret so long would be told from chance. */
  private static final int TELLING = 8;

  private record Holder(String name, Capability capability, List<Capability> more) {}

  static Stream<String> all() {
    return Stream.of(Samples.IMMUTABLE, Samples.MUTABLE_READ_ONLY, Samples.WRITE)
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("all")
  void aCapPrintsItsKindAndFourCharactersOfItsIndex(String text) {
    var cap = Capabilities.parse(text);
    String index = cap.index().map(i -> ":" + i.text().substring(0, 4) + "…").orElse("");
    assertThat(cap).hasToString(cap.kind() + index + "[redacted]");
  }

  @ParameterizedTest
  @MethodSource("all")
  void noPrintedObjectShowsPartOfACap(String text) {
    var cap = Capabilities.parse(text);
    var printed = new ArrayList<String>();
    for (var weaker : weakerCaps(cap)) {
      printed.add(weaker.toString());
      printed.add(new Holder("name", weaker, List.of(weaker)).toString());
      printed.add(Optional.of(weaker).toString());
      printed.add(Map.of("cap", weaker).toString());
      weaker.index().ifPresent(index -> printed.add(index.toString()));
      printed.add(
          switch (weaker) {
            case ReadCap read -> read.key().toString();
            case MutableWriteCap write -> write.writeKey().toString();
            case MutableReadCap read -> read.readKey().toString();
            case DirectoryCap directory -> directory.node().toString();
            case VerifyCap _, MutableVerifyCap _, LiteralCap _ -> "";
          });
    }
    for (String print : printed) {
      assertShowsNothingOf(print, text);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void noExceptionQuotesACap(String text) {
    var wrong = new ArrayList<String>();
    for (int i = 0; i < text.length(); i++) {
      wrong.add(text.substring(0, i) + "\u00e9" + text.substring(i + 1));
      wrong.add(text.substring(0, i) + text.substring(i + 1));
      wrong.add(text.substring(0, i) + ":" + text.substring(i));
      wrong.add(text.substring(0, i) + "b" + text.substring(i));
    }
    wrong.add("ro." + text);
    wrong.add("imm." + text);
    wrong.add(text + ":1:2:3:4:5:6");
    wrong.add("x" + text);
    for (String attempt : wrong) {
      Throwable thrown = catchThrowable(() -> Capabilities.parse(attempt));
      for (Throwable t = thrown; t != null; t = t.getCause()) {
        assertShowsNothingOf(t.toString(), text);
      }
    }
  }

  private static List<Capability> weakerCaps(Capability cap) {
    return Stream.of(Optional.of(cap), cap.readOnly(), cap.verifyOnly())
        .flatMap(Optional::stream)
        .toList();
  }

  private static void assertShowsNothingOf(String print, String text) {
    var secrets = new ArrayList<String>();
    for (String field : text.substring("URI:".length()).split(":", -1)) {
      if (field.length() >= TELLING && !field.contains("-")) {
        secrets.add(field);
        secrets.add(HexFormat.of().formatHex(Base32.decode(field)));
        secrets.add(Arrays.toString(Base32.decode(field)));
      }
    }
    Capabilities.parse(text).index().ifPresent(index -> secrets.add(index.text()));
    for (String secret : secrets) {
      for (int i = 0; i + TELLING <= secret.length(); i++) {
        assertThat(print).doesNotContain(secret.substring(i, i + TELLING));
      }
    }
  }
}
