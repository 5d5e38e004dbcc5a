package io.raic.cloud;

import java.util.List;
import java.util.Optional;

/**
 * A part of a listing.
 *
 * @param objects in the order of their keys
 * @param next where the next part goes on; empty after the last one
 */
public record Page(List<ObjectInfo> objects, Optional<String> next) {
  /** Copies the list. */
  public Page {
    objects = List.copyOf(objects);
  }
}
