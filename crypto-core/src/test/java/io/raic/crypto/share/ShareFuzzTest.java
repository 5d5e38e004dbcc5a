package io.raic.crypto.share;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.file.Shares;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The build repeats the inputs kept with the resources; with {@code JAZZER_FUZZ=1} in the
 * environment, and one of the methods as {@code -Dtest}, it looks for others.
 */
class ShareFuzzTest {
  /** Bytes of an input that are the numbers of the capability. */
  private static final int NUMBERS = 6;

  /** A reader asks for this much beyond what there is, at most. */
  private static final int MAX_BEYOND = 20 << 20;

  @FuzzTest
  void aHeaderThatIsReadIsWrittenAgain(byte[] header) {
    ShareLayout layout;
    try {
      layout = ShareLayout.parse(header);
    } catch (IllegalArgumentException _) {
      return;
    }
    byte[] written = layout.header();
    assertThat(header).startsWith(written);
    assertThat(ShareLayout.parse(written)).isEqualTo(layout);
    assertThat(layout.data()).isBetween((long) written.length, layout.extension());
    assertThat(layout.shareBytes(UriExtension.LIMIT)).isPositive();
  }

  @FuzzTest
  void anExtensionBlockThatIsReadAgreesWithItsCapability(byte[] input) {
    if (input.length < NUMBERS) {
      return;
    }
    var in = ByteBuffer.wrap(input);
    int needed = 1 + Byte.toUnsignedInt(in.get());
    int total = 1 + Byte.toUnsignedInt(in.get());
    long size = in.getInt();
    var raw = Bytes.copyOf(input, NUMBERS, input.length - NUMBERS);
    UriExtension extension;
    try {
      extension = UriExtension.parse(raw, needed, total, size);
    } catch (IllegalArgumentException _) {
      return;
    }
    var geometry = extension.geometry();
    assertThat(geometry.size()).isEqualTo(size);
    assertThat(geometry.needed()).isEqualTo(needed);
    assertThat(geometry.total()).isEqualTo(total);
    assertThat(raw.length()).isLessThan(UriExtension.LIMIT);
  }

  /** The capability is made to vouch for the input's own extension block, as a uploader can. */
  @FuzzTest
  void aShareIsVerifiedOrCorrupt(byte[] input) throws IOException {
    if (input.length < NUMBERS) {
      return;
    }
    var in = ByteBuffer.wrap(input);
    int needed = 1 + Byte.toUnsignedInt(in.get());
    int total = 1 + Byte.toUnsignedInt(in.get());
    int size = in.getInt();
    byte[] share = Arrays.copyOfRange(input, NUMBERS, input.length);
    if (needed > total || size < 1) {
      return;
    }
    var cap =
        new VerifyCap(
            new StorageIndex(Bytes.copyOf(new byte[16])), uebHash(share), needed, total, size);
    long[] asked = {0};
    ShareSource source =
        (offset, target, targetOffset, length) -> {
          asked[0] += length;
          return Shares.source(share).read(offset, target, targetOffset, length);
        };
    try {
      var reader = ShareReader.open(source, 0, cap);
      reader.segmentHashes();
      reader.verifyAll();
    } catch (CorruptShareException e) {
      assertThat(e.shareNumber()).isZero();
    }
    assertThat(asked[0]).isLessThan(8L * share.length + MAX_BEYOND);
  }

  private static Bytes uebHash(byte[] share) {
    byte[] block = {};
    try {
      var layout = ShareLayout.parse(share);
      long at = layout.extension() + layout.extensionLengthBytes();
      if (at <= share.length) {
        int length = ByteBuffer.wrap(share).getInt((int) at - Integer.BYTES);
        if (length >= 0 && length <= share.length - at) {
          block = Arrays.copyOfRange(share, (int) at, (int) at + length);
        }
      }
    } catch (IllegalArgumentException _) {
      // The capability vouches for an empty block then.
    }
    return Bytes.copyOf(TaggedHash.hash(Tag.URI_EXTENSION, block));
  }
}
