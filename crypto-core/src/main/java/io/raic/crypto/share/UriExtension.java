package io.raic.crypto.share;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.bytes.Netstring;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The URI extension block (UEB): the numbers and root hashes of a file, the same in every share,
 * and bound to the capability by its hash (format §7).
 *
 * @param geometry the numbers
 * @param crypttextHash hash of the whole ciphertext; absent in some old files
 * @param crypttextRoot root of the hash tree over the ciphertext's segments
 * @param shareRoot root of the hash tree over the shares
 * @param raw the bytes of the block, which its hash covers
 */
public record UriExtension(
    Geometry geometry,
    Optional<Bytes> crypttextHash,
    Bytes crypttextRoot,
    Bytes shareRoot,
    Bytes raw) {

  /** A block this long or longer is refused. */
  public static final int LIMIT = 2000;

  /** So many bytes at the end of a share hold the block and the end of its length. */
  public static final int TAIL_BYTES = LIMIT + Integer.BYTES;

  /** Returns the block that a writer makes. */
  public static UriExtension of(
      Geometry geometry, Bytes crypttextHash, Bytes crypttextRoot, Bytes shareRoot) {
    var fields = numbers(geometry);
    fields.put("crypttext_hash", crypttextHash);
    fields.put("crypttext_root_hash", crypttextRoot);
    fields.put("share_root_hash", shareRoot);
    return new UriExtension(
        geometry, Optional.of(crypttextHash), crypttextRoot, shareRoot, print(fields));
  }

  /** Returns how long the block of a writer will be: it depends on the numbers alone. */
  public static int length(Geometry geometry) {
    var hash = Bytes.copyOf(new byte[TaggedHash.LENGTH]);
    return of(geometry, hash, hash, hash).raw().length();
  }

  /**
   * Reads a block and checks it against the numbers of the capability.
   *
   * @throws IllegalArgumentException if a field is missing, malformed or contradicts another or the
   *     capability
   */
  public static UriExtension parse(Bytes raw, int needed, int total, long size) {
    var fields = UriExtensionFields.parse(raw);
    int segmentBytes = fields.number("segment_size");
    var geometry = new Geometry(size, needed, total, segmentBytes);
    for (var expected : numbers(geometry).entrySet()) {
      fields.requireAbsentOr(expected.getKey(), expected.getValue());
    }
    return new UriExtension(
        geometry,
        fields.optionalHash("crypttext_hash"),
        fields.hash("crypttext_root_hash"),
        fields.hash("share_root_hash"),
        raw);
  }

  /**
   * Reads a block whose numbers nobody has told yet: they are believed as far as they fit each
   * other.
   *
   * @throws IllegalArgumentException if a field is missing, malformed or contradicts another
   */
  public static UriExtension parse(Bytes raw) {
    var fields = UriExtensionFields.parse(raw);
    return parse(
        raw,
        fields.number("needed_shares"),
        fields.number("total_shares"),
        fields.longNumber("size"));
  }

  /**
   * Finds the block in the last bytes of a share, which it ends with: it stands after a length that
   * reaches to the end, in either version of the layout.
   *
   * @param tail the last {@value #TAIL_BYTES} bytes of a share, or all of them
   * @return empty if there is none
   */
  public static Optional<UriExtension> atEnd(byte[] tail) {
    var in = ByteBuffer.wrap(tail);
    for (int at = tail.length - Integer.BYTES - 1; at >= 0; at--) {
      int start = at + Integer.BYTES;
      int length = tail.length - start;
      if (length >= LIMIT) {
        break;
      }
      if (in.getInt(at) == length) {
        try {
          return Optional.of(parse(Bytes.copyOf(tail, start, length)));
        } catch (IllegalArgumentException _) {
          // Four bytes that happen to be such a number.
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the hash that the capability holds. */
  public Bytes hash() {
    return Bytes.copyOf(TaggedHash.hash(Tag.URI_EXTENSION, raw.toByteArray()));
  }

  /** Says whether the shares carry a plaintext hash tree, as those of very old writers do. */
  public boolean hasPlaintextHashes() {
    return UriExtensionFields.parse(raw).has("plaintext_root_hash");
  }

  private static TreeMap<String, Bytes> numbers(Geometry geometry) {
    String shares = "-%d-%d".formatted(geometry.needed(), geometry.total());
    var fields = new TreeMap<String, Bytes>();
    fields.put("codec_name", ascii("crs"));
    fields.put("codec_params", ascii(geometry.segmentBytes() + shares));
    fields.put("needed_shares", ascii(geometry.needed()));
    fields.put("num_segments", ascii(geometry.segments()));
    fields.put("segment_size", ascii(geometry.segmentBytes()));
    fields.put("size", ascii(geometry.size()));
    fields.put("tail_codec_params", ascii(geometry.paddedTailBytes() + shares));
    fields.put("total_shares", ascii(geometry.total()));
    return fields;
  }

  private static Bytes ascii(Object value) {
    return Bytes.copyOf(value.toString().getBytes(US_ASCII));
  }

  private static Bytes print(Map<String, Bytes> fields) {
    var block = new ByteArrayOutputStream();
    fields.forEach((key, value) -> {
      block.writeBytes((key + ":").getBytes(US_ASCII));
      block.writeBytes(Netstring.of(value.toByteArray()));
    });
    return Bytes.copyOf(block.toByteArray());
  }
}
