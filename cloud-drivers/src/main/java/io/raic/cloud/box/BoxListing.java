package io.raic.cloud.box;

import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lists objects in the order of their keys, though Box lists a folder in an order of its own.
 *
 * <p>A {@link BoxWalk} goes through the folders that can have keys with the prefix. What it has
 * read and not given out is kept for the next page, which begins where the last one ended; if that
 * is lost, the folders on the way are read once more, and nothing else changes.
 */
final class BoxListing {
  /** The most objects of a page. */
  private static final int MAX_PAGE_OBJECTS = 1000;

  /** No key begins with anything else. */
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._/-]*");

  private final BoxParts box;
  private final BoxWalks walks = new BoxWalks();

  BoxListing(BoxParts box) {
    this.box = box;
  }

  Page page(String prefix, Optional<String> after, int limit, Deadline deadline) {
    if (!PREFIX.matcher(prefix).matches()) {
      return new Page(List.of(), Optional.empty());
    }
    int most = Math.min(limit, MAX_PAGE_OBJECTS);
    var walk =
        after
            .flatMap(last -> walks.take(prefix, last))
            .or(() -> BoxWalk.of(box, prefix, after.orElse(""), deadline));
    return walk.isEmpty()
        ? new Page(List.of(), Optional.empty())
        : page(prefix, walk.get(), most, deadline);
  }

  private Page page(String prefix, BoxWalk walk, int most, Deadline deadline) {
    var objects = new ArrayList<ObjectInfo>();
    while (objects.size() < most && walk.hasNext(deadline)) {
      var object = walk.next();
      box.files().remember(object.key(), object.file().id());
      objects.add(object.file().info(object.key()));
    }
    if (objects.isEmpty() || !walk.hasNext(deadline)) {
      return new Page(objects, Optional.empty());
    }
    String last = objects.getLast().key().text();
    walks.keep(prefix, last, walk);
    return new Page(objects, Optional.of(last));
  }
}
