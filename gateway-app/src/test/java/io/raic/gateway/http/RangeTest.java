package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a file of several segments, and of a literal. */
class RangeTest extends GatewayTest {
  private static final int SEGMENT = 1 << 20;
  private static final int SIZE = 3 * SEGMENT + 12_345;
  private static final byte[] CONTENT = Client.bytes(30, SIZE);
  private static final byte[] SHORT = Client.ascii("0123456789");
  private static final String LITERAL = "URI:LIT:gaytemzugu3doobz";

  private Client.Answer part(String range, String... more) {
    String[] headers = Arrays.copyOf(more, more.length + 2);
    headers[more.length] = "Range";
    headers[more.length + 1] = range;
    return client().get("/uri/" + client().store(CONTENT), headers);
  }

  private static void assertPart(Client.Answer answer, byte[] all, int first, int last) {
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.header("Content-Range"))
        .isEqualTo("bytes %d-%d/%d".formatted(first, last, all.length));
    assertThat(answer.header("Content-Length")).isEqualTo("" + (last - first + 1));
    assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(all, first, last + 1));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-, 0, 3158072",
    "bytes=1048575-1048576, 1048575, 1048576",
    "bytes=1048576-2097151, 1048576, 2097151",
    "bytes=1048575-2097152, 1048575, 2097152",
    "bytes=3145727-3145728, 3145727, 3145728",
    "bytes=2000000-, 2000000, 3158072",
    "bytes=-1, 3158072, 3158072",
    "bytes=-12346, 3145727, 3158072",
    "bytes=-99999999, 0, 3158072",
    "bytes=3158072-99999999, 3158072, 3158072",
    "' bytes = 5 - 7 ', 5, 7",
    "'bytes=5-7,9-11', 5, 7",
    "'bytes=5-7, -1, nonsense', 5, 7"
  })
  void aPartIsServed(String range, int first, int last) {
    assertPart(part(range), CONTENT, first, last);
  }

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyPartIsServed(int seed) {
    var random = new Random(seed);
    int first = random.nextInt(SIZE);
    int last = first + random.nextInt(SIZE - first);
    assertPart(part("bytes=%d-%d".formatted(first, last)), CONTENT, first, last);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=3158073-", "bytes=99999999-99999999", "bytes=-0"})
  void aPartPastTheEndCannotBeServed(String range) {
    var answer = part(range);
    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.header("Content-Range")).isEqualTo("bytes */" + SIZE);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=7-5",
        "bytes=5",
        "bytes=--5",
        "bytes=0x1-2",
        "lines=1-2",
        "nonsense",
        "bytes=99999999999999999999-"
      })
  void whatIsNoRangeIsIgnored(String range) {
    var answer = part(range);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(CONTENT);
  }

  @Test
  void aPartIsServedIfTheFileIsStillTheSame() {
    String tag = client().head("/uri/" + client().store(CONTENT)).header("ETag");
    assertPart(part("bytes=1-2", "If-Range", tag), CONTENT, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"another\"", "Wed, 21 Oct 2015 07:28:00 GMT", "W/\"x\""})
  void theWholeIsServedIfItIsAnother(String tag) {
    var answer = part("bytes=1-2", "If-Range", tag);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("" + SIZE);
  }

  @ParameterizedTest
  @CsvSource({"bytes=0-0, 0, 0", "bytes=3-5, 3, 5", "bytes=-3, 7, 9", "bytes=9-, 9, 9"})
  void aPartOfALiteralIsServed(String range, int first, int last) {
    assertPart(client().get("/uri/" + LITERAL, "Range", range), SHORT, first, last);
  }

  @ParameterizedTest
  @CsvSource({"URI:LIT:gaytemzugu3doobz, bytes=10-", "URI:LIT:, bytes=0-", "URI:LIT:, bytes=-1"})
  void aPartPastTheEndOfALiteralCannotBeServed(String cap, String range) {
    assertThat(client().get("/uri/" + cap, "Range", range).status()).isEqualTo(416);
  }

  @Test
  void headTellsOfAPart() {
    String cap = client().store(CONTENT);
    var answer = client().head("/uri/" + cap, "Range", "bytes=5-6");
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.header("Content-Range")).isEqualTo("bytes 5-6/" + SIZE);
    assertThat(answer.header("Content-Length")).isEqualTo("2");
  }
}
