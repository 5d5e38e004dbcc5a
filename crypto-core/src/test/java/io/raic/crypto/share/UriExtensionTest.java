package io.raic.crypto.share;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriExtensionTest {
  private static final String HASH = "0123456789abcdef0123456789ABCDEF";

  /** The block of format §19, but for its hashes. */
  private static final String BLOCK =
      "codec_name:3:crs,codec_params:7:57-3-10,crypttext_hash:32:"
          + HASH
          + ",crypttext_root_hash:32:"
          + HASH
          + ",needed_shares:1:3,num_segments:1:1,segment_size:2:57,share_root_hash:32:"
          + HASH
          + ",size:2:56,tail_codec_params:7:57-3-10,total_shares:2:10,";

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  @Test
  void aBlockIsWrittenAsTheFormatSays() {
    var geometry = Geometry.of(56, 3, 10, 131_072);
    var hash = bytes(HASH);
    var block = UriExtension.of(geometry, hash, hash, hash);
    assertThat(new String(block.raw().toByteArray(), ISO_8859_1)).isEqualTo(BLOCK);
    assertThat(UriExtension.length(geometry)).isEqualTo(308).isEqualTo(block.raw().length());
    assertThat(parse(BLOCK)).isEqualTo(block);
    assertThat(block.hasPlaintextHashes()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void theBlockIsFoundAtTheEndOfAShare(int lengthBytes) {
    byte[] share = new byte[3000];
    // Numbers that could be lengths too.
    for (int i = 0; i < 2000; i += 4) {
      ByteBuffer.wrap(share).putInt(i, share.length - i - 4);
    }
    int at = share.length - BLOCK.length() - lengthBytes;
    var in = ByteBuffer.wrap(share);
    in.position(at);
    in.put(new byte[lengthBytes - 4]).putInt(BLOCK.length()).put(BLOCK.getBytes(ISO_8859_1));
    var tail = Arrays.copyOfRange(share, share.length - UriExtension.TAIL_BYTES, share.length);

    assertThat(UriExtension.atEnd(tail)).contains(parse(BLOCK));
    assertThat(UriExtension.atEnd(share)).contains(parse(BLOCK));
    assertThat(UriExtension.atEnd(Arrays.copyOf(share, 2999))).isEmpty();
    assertThat(UriExtension.atEnd(new byte[0])).isEmpty();
  }

  @Test
  void aBlockSaysItsOwnNumbers() {
    assertThat(UriExtension.parse(bytes(BLOCK))).isEqualTo(parse(BLOCK));
    assertThatThrownBy(() -> UriExtension.parse(bytes(BLOCK.replace("size:2:56", "size:2:90"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> UriExtension.parse(bytes(BLOCK.replace("size:2:56,", ""))))
        .hasMessageContaining("size");
  }

  @Test
  void onlyThreeFieldsAreRequired() {
    var block =
        parse(
            "segment_size:2:57,crypttext_root_hash:32:%s,share_root_hash:32:%s,"
                .formatted(HASH, HASH));
    assertThat(block.crypttextHash()).isEmpty();
    assertThat(block.geometry()).isEqualTo(Geometry.of(56, 3, 10, 131_072));
  }

  @Test
  void oldAndUnknownFieldsAreIgnored() {
    var block =
        parse(
            BLOCK
                + "plaintext_hash:32:%s,plaintext_root_hash:32:%s,Some-New_thing:0:,"
                    .formatted(HASH, HASH));
    assertThat(block.hasPlaintextHashes()).isTrue();
    assertThat(block.geometry().segmentBytes()).isEqualTo(57);
  }

  @ParameterizedTest
  @ValueSource(strings = {"segment_size", "crypttext_root_hash", "share_root_hash"})
  void aBlockWithoutARequiredFieldIsRefused(String field) {
    refused(BLOCK.replace(field, "x" + field), field + " is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "codec_name:3:crs, codec_name:3:rsc",
    "codec_name:3:crs, codec_name:0:",
    "codec_params:7:57-3-10, codec_params:7:57-3-11",
    "needed_shares:1:3, needed_shares:1:4",
    "needed_shares:1:3, needed_shares:2:03",
    "num_segments:1:1, num_segments:1:2",
    "segment_size:2:57, segment_size:2:54",
    "segment_size:2:57, segment_size:2:60",
    "segment_size:2:57, segment_size:2:58",
    "segment_size:2:57, segment_size:3:057",
    "segment_size:2:57, segment_size:1:0",
    "segment_size:2:57, segment_size:2:-3",
    "segment_size:2:57, segment_size:0:",
    "segment_size:2:57, segment_size:10:4294967353",
    "segment_size:2:57, segment_size:9:999999999",
    "size:2:56, size:2:55",
    "size:2:56, size:3: 56",
    "tail_codec_params:7:57-3-10, tail_codec_params:7:57-3-1x",
    "total_shares:2:10, total_shares:1:9",
  })
  void aFieldThatContradictsTheCapabilityIsRefused(String right, String wrong) {
    assertThat(BLOCK).contains(right);
    refused(BLOCK.replace(right, wrong), "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"crypttext_hash", "crypttext_root_hash", "share_root_hash"})
  void aHashOfAnotherLengthIsRefused(String field) {
    refused(BLOCK.replace(field + ":32:" + HASH, field + ":31:" + HASH.substring(1)), "no hash");
    refused(BLOCK.replace(field + ":32:" + HASH, field + ":0:"), "no hash");
    refused(BLOCK.replace(field + ":32:" + HASH, field + ":33:x" + HASH), "no hash");
  }

  @ParameterizedTest
  @CsvSource({
    "codec_name:3:, codec_name:4:",
    "codec_name:3:, codec_name:03:",
    "codec_name:3:, codec_name:-3:",
    "codec_name:3:, codec_name:+3:",
    "codec_name:3:, codec_name:3",
    "codec_name:3:, codec_name:99999:",
    "codec_name:3:, codec_name:9999:",
    "codec_name:3:, codec_name:4294967299:",
    "codec_name:3:, codec_name::",
    "codec_name:3:, :3:",
    "codec_name:3:, codec name:3:",
    "codec_name:3:, codec_name\u00e9:3:",
    "'total_shares:2:10,', total_shares:2:10",
    "'total_shares:2:10,', 'total_shares:2:10,,'",
    "'total_shares:2:10,', 'total_shares:2:10;'",
    "'total_shares:2:10,', 'total_shares:2:10,x'",
    "'total_shares:2:10,', 'total_shares:2:10,total_shares:2:10,'",
  })
  void aMalformedBlockIsRefused(String right, String wrong) {
    assertThat(BLOCK).contains(right);
    refused(BLOCK.replace(right, wrong), "");
  }

  @Test
  void aBlockIsRefusedUnreadFromTwoThousandBytesOn() {
    String filler = "filler:1600:" + "x".repeat(1600) + ",";
    String longest = BLOCK + filler + "y:" + (1999 - BLOCK.length() - filler.length() - 6) + ":";
    longest += "z".repeat(1999 - 1 - longest.length()) + ",";
    assertThat(longest).hasSize(1999);
    assertThat(parse(longest).geometry().size()).isEqualTo(56);
    refused(longest + ",", "limit is 2000");
    refused("", "missing");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aDamagedBlockIsRefusedOrHasTheSameNumbers(int seed) {
    var random = new Random(seed);
    byte[] block = BLOCK.getBytes(ISO_8859_1);
    for (int i = 0; i <= seed % 4; i++) {
      block[random.nextInt(block.length)] = (byte) random.nextInt(256);
    }
    try {
      var parsed = UriExtension.parse(Bytes.copyOf(block), 3, 10, 56);
      assertThat(parsed.geometry()).isEqualTo(Geometry.of(56, 3, 10, 131_072));
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  private static void refused(String block, String message) {
    assertThatThrownBy(() -> parse(block))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static UriExtension parse(String block) {
    return UriExtension.parse(bytes(block), 3, 10, 56);
  }

  private static Bytes bytes(String text) {
    return Bytes.copyOf(text.getBytes(ISO_8859_1));
  }
}
