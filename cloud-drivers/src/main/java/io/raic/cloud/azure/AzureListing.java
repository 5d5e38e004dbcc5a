package io.raic.cloud.azure;

import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lists blobs.
 *
 * <p>The service goes on from a marker, a word of its own that stays good for any size of page and
 * any process. A page's next is the last key it had, and the marker: by the key it is checked that
 * the next page goes on behind it.
 */
final class AzureListing {
  /** The most the service gives at once. */
  static final int MAX_OBJECTS = 5000;

  /** Three times what that many blobs with long names take. */
  private static final int MAX_PAGE_BYTES = 1 << 24;

  private static final int MAX_MARKER_CHARACTERS = 4096;

  /** The most pages without an object of ours that one call goes through. */
  private static final int MAX_EMPTY_PAGES = 1000;

  /** No key begins with anything else. */
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._/-]*");

  private final AzureClient client;
  private final AzurePlace place;

  AzureListing(AzureClient client, AzurePlace place) {
    this.client = client;
    this.place = place;
  }

  /** Where a listing goes on: behind a key, which is empty before the first, at a marker. */
  private record Position(String lastKey, String marker) {
    static Position of(String text) {
      int space = text.indexOf(' ');
      if (space < 0 || text.length() - space > MAX_MARKER_CHARACTERS) {
        throw new IllegalArgumentException("no page of a listing ends so");
      }
      return new Position(text.substring(0, space), text.substring(space + 1));
    }

    String text() {
      return lastKey + " " + marker;
    }
  }

  /** Asks for what is first in the store, whatever it is. */
  void probe(Deadline deadline) {
    page(Operation.PROBE, "", new Position("", ""), 1, deadline);
  }

  Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    var position = after.map(Position::of).orElse(new Position("", ""));
    if (!PREFIX.matcher(prefix).matches() || prefix.length() > ObjectKey.MAX_CHARACTERS) {
      return new Page(List.of(), Optional.empty());
    }
    for (int pages = 1; ; pages++) {
      var from = position;
      var page = page(Operation.LIST, prefix, from, Math.min(limit, MAX_OBJECTS), deadline);
      if (!page.objects().isEmpty() || page.next().isEmpty() || pages == MAX_EMPTY_PAGES) {
        return page;
      }
      position = page.next().map(Position::of).orElse(from);
    }
  }

  private Page page(
      Operation operation, String prefix, Position from, int limit, Deadline deadline) {
    var query =
        new HashMap<>(
            Map.of(
                "restype", "container",
                "comp", "list",
                "maxresults", Integer.toString(limit)));
    String whole = place.prefix() + prefix;
    if (!whole.isEmpty()) {
      query.put("prefix", whole);
    }
    if (!from.marker().isEmpty()) {
      query.put("marker", from.marker());
    }
    return client.call(
        AzureRequest.of(operation, "GET", "").withQuery(query),
        deadline,
        answer -> {
          try (answer) {
            if (!answer.isSuccess()) {
              throw client.error(answer);
            }
            var listed =
                ListedBlobs.read(answer.readAll(MAX_PAGE_BYTES, deadline))
                    .orElseThrow(() -> answer.corrupt("the listing cannot be read"));
            return checked(answer, listed, whole, from, limit);
          }
        });
  }

  private Page checked(
      AzureAnswer answer, ListedBlobs listed, String whole, Position from, int limit) {
    var objects = new ArrayList<ObjectInfo>();
    String last = from.lastKey();
    for (var blob : listed.blobs()) {
      if (!blob.name().startsWith(whole)) {
        throw answer.corrupt("the listing has what was not asked for");
      }
      String key = blob.name().substring(place.prefix().length());
      // Other software may keep what it likes in the container.
      if (ObjectKey.isValid(key)) {
        if (key.compareTo(last) <= 0) {
          throw answer.corrupt(
              "the listing is not in order: does the account have a hierarchical namespace?");
        }
        last = key;
        objects.add(new ObjectInfo(ObjectKey.of(key), blob.size(), blob.version()));
      }
    }
    var next = listed.marker();
    if (objects.size() > limit
        || next.filter(marker -> marker.equals(from.marker())).isPresent()
        || next.filter(marker -> marker.length() > MAX_MARKER_CHARACTERS / 2).isPresent()) {
      throw answer.corrupt("the listing does not go on as asked");
    }
    var end = last;
    return new Page(objects, next.map(marker -> new Position(end, marker).text()));
  }
}
