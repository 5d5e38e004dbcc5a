package io.raic.cloud.box.fake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /2.0/folders}. */
final class FoldersApi {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  private final FakeDisk disk;
  private final FakeAccount account;

  FoldersApi(FakeDisk disk, FakeAccount account) {
    this.disk = disk;
    this.account = account;
  }

  void create(FakeRequest request) throws IOException {
    var json = request.json();
    var parent = json.member("parent").flatMap(p -> p.text("id"));
    var folder =
        disk.newFolder(
            parent.orElseThrow(() -> Refusal.badRequest("'parent' is required")),
            FakeRequest.required(json, "name"));
    request.answer(201, Fields.of(folder, request.fields()));
  }

  void get(FakeRequest request) throws IOException {
    var folder = disk.folder(request.part(2));
    var json = Fields.of(folder, request.fields());
    if (json.get("permissions") instanceof Map<?, ?>) {
      json.put("permissions", Fields.permissions(account.mayUpload()));
    }
    if (request.fields().isEmpty()) {
      json.put("item_collection", page(folder.id(), 0, DEFAULT_LIMIT, Optional.empty()));
    }
    request.answer(200, json);
  }

  void items(FakeRequest request) throws IOException {
    int limit = number(request, "limit", DEFAULT_LIMIT);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw Refusal.badRequest("Invalid value '%d' for limit".formatted(limit));
    }
    String folder = request.part(2);
    boolean usesMarker = request.query("usemarker").equals(Optional.of("true"));
    if (!usesMarker) {
      if (request.query("marker").isPresent()) {
        throw Refusal.badRequest("A marker needs usemarker=true");
      }
      request.answer(200, page(folder, number(request, "offset", 0), limit, request.fields()));
      return;
    }
    if (request.query("offset").isPresent()) {
      throw Refusal.badRequest("offset cannot be used with usemarker=true");
    }
    var children = disk.children(folder);
    int from = request.query("marker").map(marker -> after(children, marker)).orElse(0);
    int to = Math.min(children.size(), from + limit);
    var json = Json.object("entries", listed(children.subList(from, to), request.fields()));
    json.put("limit", (long) limit);
    json.put("next_marker", to < children.size() ? marker(children.get(to - 1)) : Json.NULL);
    request.answer(200, json);
  }

  private Map<String, Object> page(String folder, int offset, int limit, Optional<String> fields) {
    var children = disk.children(folder);
    int from = Math.min(offset, children.size());
    int to = Math.min(children.size(), from + limit);
    return Json.object(
        "total_count",
        (long) children.size(),
        "entries",
        listed(children.subList(from, to), fields),
        "offset",
        (long) offset,
        "limit",
        (long) limit);
  }

  private static List<Map<String, Object>> listed(List<FakeItem> items, Optional<String> fields) {
    return items.stream().map(item -> Fields.listed(item, fields)).toList();
  }

  /** A marker says which item was the last, which may be gone when the next page is asked for. */
  private static String marker(FakeItem last) {
    String place = last.type() + ":" + last.id();
    return Base64.getUrlEncoder().encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  private static int after(List<FakeItem> children, String marker) {
    try {
      String place = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
      boolean isFile = place.startsWith("file:");
      long id = Long.parseLong(place.substring(place.indexOf(':') + 1));
      int at = 0;
      for (FakeItem item : children) {
        boolean isBefore =
            item.type().equals("file") == isFile ? Long.parseLong(item.id()) <= id : isFile;
        at += isBefore ? 1 : 0;
      }
      return at;
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("Invalid value for marker");
    }
  }

  private static int number(FakeRequest request, String name, int otherwise) {
    try {
      return request.query(name).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest("Invalid value for " + name);
    }
  }

  void delete(FakeRequest request) throws IOException {
    boolean isRecursive = request.query("recursive").equals(Optional.of("true"));
    disk.trashFolder(request.part(2), isRecursive, request.ifMatch());
    request.answer(204);
  }

  void purge(FakeRequest request) throws IOException {
    disk.purge(request.part(2), "folder");
    request.answer(204);
  }
}
