package io.raic.cloud.box;

import io.raic.cloud.VersionToken;
import java.util.Optional;

/**
 * The version of a file that a write may replace.
 *
 * @param id of the file
 * @param etag of the version
 */
record BoxTarget(String id, String etag) {
  /** Reads a token; empty if it is none of this driver's. */
  static Optional<BoxTarget> of(VersionToken version) {
    int dot = version.text().indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String id = version.text().substring(0, dot);
    String etag = version.text().substring(dot + 1);
    return BoxErrors.isId(id) && BoxErrors.isId(etag)
        ? Optional.of(new BoxTarget(id, etag))
        : Optional.empty();
  }

  /** Says whether {@code file} is what a write in the place of this one makes of it at once. */
  boolean isReplacedOnceBy(BoxFile file) {
    return file.etag().equals(Long.toString(Long.parseLong(etag.length() > 17 ? "0" : etag) + 1));
  }
}
