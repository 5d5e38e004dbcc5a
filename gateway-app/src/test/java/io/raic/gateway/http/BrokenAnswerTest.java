package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A download that cannot be completed must never look like one that was. */
class BrokenAnswerTest extends GatewayTest {
  /** A segment of the file and, of that, the block in each share; after a header. */
  private static final int SEGMENT = 1_048_578;

  private static final int BLOCK = SEGMENT / 3;
  private static final int HEADER = 0x24;
  private static final byte[] CONTENT = Client.bytes(70, 8 * SEGMENT);

  /** Returns the capability of a file of which all segments but the first {@code good} are lost. */
  private String fileWithGoodSegments(int good) {
    String cap = client().put("/uri?random-key=true", CONTENT).text();
    var shares = new ShareFiles(data());
    for (int store : new int[] {1, 3, 5}) {
      ShareFiles.flip(shares.of(cap, store).getFirst(), HEADER + good * BLOCK, HEADER + 8 * BLOCK);
    }
    return cap;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1\r\nHost: localhost",
        "HTTP/1.1\r\nHost: localhost\r\nConnection: close",
        "HTTP/1.0"
      })
  void theConnectionBreaksBeforeTheAnnouncedEnd(String version) throws IOException {
    String cap = fileWithGoodSegments(5);
    try (var wire = Wire.to(port())) {
      wire.send("GET /uri/%s %s\r\n\r\n".formatted(cap, version));
      var received = wire.receive();
      assertThat(received.statusLine()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(received.header("Content-Length")).isEqualTo("" + CONTENT.length);
      byte[] body = received.body().toByteArray();
      assertThat(body).hasSizeLessThanOrEqualTo(5 * SEGMENT);
      assertThat(body).isEqualTo(Arrays.copyOf(CONTENT, body.length));
    }
  }

  @Test
  void anHttpClientNoticesIt() {
    String cap = fileWithGoodSegments(5);
    assertThatThrownBy(() -> client().read(cap)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aPartThatIsStillThereIsServed() {
    String cap = fileWithGoodSegments(5);
    var part = client().get("/uri/" + cap, "Range", "bytes=0-" + (5 * SEGMENT - 1));
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOf(CONTENT, 5 * SEGMENT));
  }

  @Test
  void aFileWithoutAFirstSegmentIsGone() {
    String cap = fileWithGoodSegments(0);
    var answer = client().get("/uri/" + cap);
    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.text()).startsWith("2 good shares found, 3 are needed: ").hasLineCount(1);
  }

  @Test
  void aPartThatIsLostIsGone() {
    String cap = fileWithGoodSegments(5);
    var part = client().get("/uri/" + cap, "Range", "bytes=%d-".formatted(6 * SEGMENT));
    assertThat(part.status()).isEqualTo(410);
    assertThat(part.header("Content-Range")).isEmpty();
  }
}
