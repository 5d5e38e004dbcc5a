package io.raic.cloud.box;

import java.util.Optional;

/**
 * An upload session, and what it is for.
 *
 * @param session itself
 * @param file the id of the file that gets a new version; empty if it makes one
 * @param version that must be there, if any
 */
record BoxSessionTarget(
    BoxSessions.Session session, Optional<String> file, Optional<BoxTarget> version) {
  /** Returns the etag that the file must have. */
  Optional<String> ifMatch() {
    return version.map(BoxTarget::etag);
  }
}
