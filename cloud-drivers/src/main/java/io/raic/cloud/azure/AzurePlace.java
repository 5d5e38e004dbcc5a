package io.raic.cloud.azure;

import io.raic.cloud.ObjectKey;
import java.util.Map;
import java.util.Optional;

/**
 * Where in a container the objects are, and how they are kept.
 *
 * @param prefix what stands before every key; empty, or with a slash at its end
 * @param accessTier how new blobs are kept; empty for the account's own choice
 * @param hasChecksums whether bytes are sent with a checksum that the service checks
 */
record AzurePlace(String prefix, Optional<String> accessTier, boolean hasChecksums) {
  /** Returns the path of a blob, which needs no encoding: keys have no such characters. */
  String path(ObjectKey key) {
    return "/" + prefix + key.text();
  }

  /** Returns the header with the checksum of bytes that are sent; none if none is wanted. */
  Map<String, String> checksum(byte[] data, int length) {
    return hasChecksums ? Map.of("x-ms-content-crc64", Crc64.of(data, length)) : Map.of();
  }
}
