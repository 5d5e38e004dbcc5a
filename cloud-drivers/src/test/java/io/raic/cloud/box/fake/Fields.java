package io.raic.cloud.box.fake;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How items look in answers: with the fields asked for, or those of the standard form. */
final class Fields {
  /** Given whether asked for or not. */
  private static final Set<String> ALWAYS = Set.of("type", "id", "etag");

  private static final Set<String> MINI =
      Set.of("type", "id", "etag", "sequence_id", "name", "sha1", "file_version");

  private Fields() {}

  /** Returns an item in the short form of listings and conflicts. */
  static Map<String, Object> mini(FakeItem item) {
    return only(full(item), MINI);
  }

  /** Returns an item with the named fields of {@code fields}, or with those of the short form. */
  static Map<String, Object> listed(FakeItem item, Optional<String> fields) {
    return fields.map(wanted -> chosen(item, wanted)).orElseGet(() -> mini(item));
  }

  /** Returns an item with the named fields of {@code fields}, or with all. */
  static Map<String, Object> of(FakeItem item, Optional<String> fields) {
    return fields
        .map(wanted -> chosen(item, wanted))
        .orElseGet(() -> {
          var full = full(item);
          // Given only to those who ask.
          full.remove("permissions");
          return full;
        });
  }

  static Map<String, Object> chosen(Map<String, Object> full, Optional<String> fields) {
    return fields.map(wanted -> only(full, named(wanted))).orElse(full);
  }

  private static Map<String, Object> chosen(FakeItem item, String fields) {
    return only(full(item), named(fields));
  }

  private static Set<String> named(String fields) {
    return Set.copyOf(Arrays.stream(fields.split(",")).map(String::strip).distinct().toList());
  }

  private static Map<String, Object> only(Map<String, Object> full, Set<String> wanted) {
    var some = new LinkedHashMap<String, Object>();
    full.forEach((name, value) -> {
      if (ALWAYS.contains(name) || wanted.contains(name)) {
        some.put(name, value);
      }
    });
    return some;
  }

  private static Map<String, Object> full(FakeItem item) {
    var json = Json.object("type", item.type(), "id", item.id());
    boolean isRoot = item.id().equals(FakeDisk.ROOT);
    json.put("sequence_id", isRoot ? Json.NULL : item.etag());
    json.put("etag", isRoot ? Json.NULL : item.etag());
    json.put("name", item.name());
    json.put("created_at", isRoot ? Json.NULL : time(item.created()));
    json.put("parent", isRoot ? Json.NULL : Json.object("type", "folder", "id", item.parent()));
    json.put("item_status", "active");
    json.put("description", "");
    json.put("shared_link", Json.NULL);
    switch (item) {
      case FakeItem.Folder _ -> {
        json.put("size", 0L);
        json.put("permissions", permissions(true));
      }
      case FakeItem.File file -> {
        var version = file.current();
        json.put("sha1", version.body().sha1());
        json.put("size", version.body().size());
        json.put("file_version", version(version));
        json.put("content_created_at", time(file.contentCreated()));
        json.put("content_modified_at", time(version.contentModified()));
        json.put("trashed_at", Json.NULL);
        json.put("purged_at", Json.NULL);
      }
    }
    return json;
  }

  /** Returns what an editor may, or a viewer. */
  static Map<String, Object> permissions(boolean isEditor) {
    var may = new LinkedHashMap<String, Object>();
    for (String name :
        List.of(
            "can_delete",
            "can_download",
            "can_invite_collaborator",
            "can_rename",
            "can_set_share_access",
            "can_share",
            "can_upload")) {
      may.put(name, isEditor || name.equals("can_download"));
    }
    return may;
  }

  static Map<String, Object> version(FakeItem.Version version) {
    return Json.object("type", "file_version", "id", version.id(), "sha1", version.body().sha1());
  }

  /** Returns the answer to an upload. */
  static Map<String, Object> uploaded(FakeItem.File file, Optional<String> fields) {
    return Json.object("total_count", 1L, "entries", List.of(of(file, fields)));
  }

  /** Box gives seconds, and an offset. */
  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "+00:00");
  }
}
