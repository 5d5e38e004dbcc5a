package io.raic.crypto.share;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.hash.TaggedHash;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The fields of a URI extension block as they stand: {@code key:netstring}, again and again. */
final class UriExtensionFields {
  private final Map<String, Bytes> fields = new HashMap<>();

  private UriExtensionFields() {}

  /** Splits {@code raw}; every byte is taken for hostile. */
  static UriExtensionFields parse(Bytes raw) {
    if (raw.length() >= UriExtension.LIMIT) {
      throw new IllegalArgumentException(
          "a URI extension block of %d bytes: the limit is %d"
              .formatted(raw.length(), UriExtension.LIMIT));
    }
    var parsed = new UriExtensionFields();
    byte[] block = raw.toByteArray();
    int at = 0;
    while (at < block.length) {
      int keyEnd = colon(block, at);
      String key = new String(block, at, keyEnd - at, US_ASCII);
      if (!key.matches("[A-Za-z_-]+")) {
        throw malformed(at);
      }
      int lengthEnd = colon(block, keyEnd + 1);
      String digits = new String(block, keyEnd + 1, lengthEnd - keyEnd - 1, US_ASCII);
      if (!digits.matches("0|[1-9][0-9]{0,3}")) {
        throw malformed(keyEnd + 1);
      }
      int length = Integer.parseInt(digits);
      int valueEnd = lengthEnd + 1 + length;
      if (valueEnd >= block.length || block[valueEnd] != ',') {
        throw malformed(lengthEnd);
      }
      if (parsed.fields.put(key, Bytes.copyOf(block, lengthEnd + 1, length)) != null) {
        throw new IllegalArgumentException("URI extension block: " + key + " stands there twice");
      }
      at = valueEnd + 1;
    }
    return parsed;
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  int number(String key) {
    return Integer.parseInt(digits(key, 9));
  }

  long longNumber(String key) {
    return Long.parseLong(digits(key, 18));
  }

  private String digits(String key, int most) {
    String digits = new String(required(key).toByteArray(), US_ASCII);
    if (digits.length() > most || !digits.matches("[1-9][0-9]*")) {
      throw new IllegalArgumentException("URI extension block: " + key + " is no usable number");
    }
    return digits;
  }

  Bytes hash(String key) {
    return checkedHash(key, required(key));
  }

  Optional<Bytes> optionalHash(String key) {
    return Optional.ofNullable(fields.get(key)).map(value -> checkedHash(key, value));
  }

  void requireAbsentOr(String key, Bytes expected) {
    var value = fields.get(key);
    if (value != null && !value.equals(expected)) {
      throw new IllegalArgumentException(
          "URI extension block: %s contradicts the capability or another field".formatted(key));
    }
  }

  private Bytes required(String key) {
    var value = fields.get(key);
    if (value == null) {
      throw new IllegalArgumentException("URI extension block: " + key + " is missing");
    }
    return value;
  }

  private static Bytes checkedHash(String key, Bytes value) {
    if (value.length() != TaggedHash.LENGTH) {
      throw new IllegalArgumentException("URI extension block: " + key + " is no hash");
    }
    return value;
  }

  private static int colon(byte[] block, int from) {
    for (int i = from; i < block.length; i++) {
      if (block[i] == ':') {
        return i;
      }
    }
    throw malformed(from);
  }

  private static IllegalArgumentException malformed(int at) {
    return new IllegalArgumentException("URI extension block: malformed at byte " + at);
  }
}
