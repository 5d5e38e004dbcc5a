package io.raic.crypto.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.bytes.Base32;
import io.raic.crypto.bytes.Netstring;
import org.junit.jupiter.api.Test;

class TaggedHashTest {
  @Test
  void aTaggedHashIsTheKnownAnswer() {
    var hash = TaggedHash.of(ascii("tag")).update(ascii("hello world")).digest();
    assertThat(Base32.encode(hash))
        .isEqualTo("yra322btzoqjp4ts2jon5dztgnilcdg6jgztgk7joi6qpjkitg2q");
  }

  @Test
  void aPairHashIsTheKnownAnswer() {
    var hash =
        TaggedHash.of(ascii("tag"))
            .update(Netstring.of(ascii("hello")))
            .update(Netstring.of(ascii("world")))
            .digest();
    assertThat(Base32.encode(hash))
        .isEqualTo("wmto44q3shtezwggku2fxztfkwibvznkfu6clatnvfog527sb6dq");
  }

  @Test
  void aHashCanBeUsedAgain() {
    var hash = TaggedHash.of(Tag.BLOCK);
    var first = hash.update(ascii("some data")).digest();
    var second = hash.update(ascii("some ")).update(ascii("data")).digest();
    assertThat(second).isEqualTo(first).isEqualTo(TaggedHash.hash(Tag.BLOCK, ascii("some data")));
  }

  @Test
  void aHashNeedsRoom() {
    var hash = TaggedHash.of(Tag.BLOCK);
    assertThatThrownBy(() -> hash.digest(new byte[40], 9))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theStorageIndexOfAKeyIsTheKnownAnswer() {
    var key = ascii("x".repeat(16));
    assertThat(Base32.encode(TaggedHash.truncated(Tag.STORAGE_INDEX, key, 16)))
        .isEqualTo("wvggbrnrezdpa5yayrgiw5nzja");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
