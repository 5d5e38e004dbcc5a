package io.raic.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The recorded known answers: {@code caps.json.gz}, computed by an independent implementation of
 * the format, and {@code shares.json.gz}, written by a real grid.
 */
public final class Vectors {
  /** Bytes of the storage container before an immutable share (format §17). */
  private static final int CONTAINER_HEADER = 12;

  private static final int LEASE = 72;

  private Vectors() {}

  /** Returns the records of {@code caps.json.gz} with the given format. */
  public static List<JsonNode> caps(String format) {
    return records(read("caps.json.gz").get("vectors"), "format", format);
  }

  /** Returns the records of {@code shares.json.gz} with the given kind. */
  public static List<JsonNode> shares(String kind) {
    return records(read("shares.json.gz"), "kind", kind);
  }

  /** Returns the raw share in the storage container of share {@code number}. */
  public static byte[] rawShare(JsonNode record, int number) {
    byte[] container = record.get("shares").get(Integer.toString(number)).binaryValue();
    int leases = ByteBuffer.wrap(container).getInt(8);
    return Arrays.copyOfRange(container, CONTAINER_HEADER, container.length - LEASE * leases);
  }

  /** Returns the plaintext that {@code seed} and {@code size} stand for. */
  public static byte[] plaintext(JsonNode record) {
    byte[] seed = record.get("seed").binaryValue();
    var plaintext = ByteBuffer.allocate(record.get("size").intValue());
    for (long i = 0; plaintext.hasRemaining(); i++) {
      var sha256 = sha256();
      sha256.update(seed);
      byte[] part = sha256.digest(ByteBuffer.allocate(Long.BYTES).putLong(i).array());
      plaintext.put(part, 0, Math.min(part.length, plaintext.remaining()));
    }
    return plaintext.array();
  }

  /** Returns a SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<JsonNode> records(JsonNode array, String field, String value) {
    var found =
        StreamSupport.stream(array.spliterator(), false)
            .filter(node -> node.get(field).stringValue().equals(value))
            .toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException("no vectors where " + field + " is " + value);
    }
    return found;
  }

  private static JsonNode read(String name) {
    try (var file = Vectors.class.getResourceAsStream("/vectors/" + name);
        var unzipped = new GZIPInputStream(file)) {
      return JsonMapper.builder().build().readTree(unzipped);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
