package io.raic.cloud.azure;

import io.raic.cloud.ObjectKey;
import java.util.Optional;

/**
 * Where in a container the objects are, and how they are kept.
 *
 * @param prefix what stands before every key; empty, or with a slash at its end
 * @param accessTier how new blobs are kept; empty for the account's own choice
 */
record AzurePlace(String prefix, Optional<String> accessTier) {
  /** Returns the path of a blob, which needs no encoding: keys have no such characters. */
  String path(ObjectKey key) {
    return "/" + prefix + key.text();
  }
}
