package io.raic.cloud.gcs.fake;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A partial answer: {@code items(name,size),nextPageToken} or {@code items/name}. */
final class Fields {
  private static final Set<String> KNOWN =
      Set.of(
          "*",
          "kind",
          "items",
          "prefixes",
          "nextPageToken",
          "id",
          "selfLink",
          "mediaLink",
          "name",
          "bucket",
          "generation",
          "metageneration",
          "contentType",
          "contentEncoding",
          "contentLanguage",
          "contentDisposition",
          "cacheControl",
          "customTime",
          "storageClass",
          "metadata",
          "size",
          "md5Hash",
          "crc32c",
          "etag",
          "timeCreated",
          "updated",
          "timeStorageClassUpdated",
          "location",
          "permissions",
          "acl",
          "owner",
          "retentionPolicy",
          "iamConfiguration",
          "lifecycle",
          "versioning",
          "softDeletePolicy");

  private final Map<String, Fields> chosen = new TreeMap<>();

  private Fields() {}

  /** Returns what {@code call} asks for of {@code whole}. */
  static JsonObject of(Call call, JsonObject whole) {
    var text = call.query("fields");
    if (text.isEmpty()) {
      return whole;
    }
    var parser = new Parser(text.orElseThrow());
    return parser.whole().applied(whole).getAsJsonObject();
  }

  private JsonElement applied(JsonElement element) {
    if (chosen.isEmpty() || chosen.containsKey("*")) {
      return element;
    }
    if (element instanceof JsonArray array) {
      var part = new JsonArray();
      array.forEach(item -> part.add(applied(item)));
      return part;
    }
    if (element instanceof JsonObject object) {
      var part = new JsonObject();
      chosen.forEach((name, fields) -> {
        if (object.has(name)) {
          part.add(name, fields.applied(object.get(name)));
        }
      });
      return part;
    }
    return element;
  }

  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    Fields whole() {
      var fields = list(true);
      if (at < text.length()) {
        throw wrong();
      }
      return fields;
    }

    private Fields list(boolean isKnownOnly) {
      var fields = new Fields();
      do {
        path(fields, isKnownOnly);
      } while (take(','));
      return fields;
    }

    private void path(Fields into, boolean isKnownOnly) {
      String name = name();
      if (isKnownOnly && !KNOWN.contains(name)) {
        throw wrong();
      }
      // Anything may stand below the metadata.
      boolean isBelowKnownOnly = isKnownOnly && !name.equals("metadata");
      if (take('/')) {
        var below = into.chosen.computeIfAbsent(name, _ -> new Fields());
        path(below, isBelowKnownOnly);
      } else if (take('(')) {
        into.chosen.put(name, list(isBelowKnownOnly));
        if (!take(')')) {
          throw wrong();
        }
      } else {
        into.chosen.put(name, new Fields());
      }
    }

    private String name() {
      int start = at;
      while (at < text.length() && ",/()".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      if (at == start) {
        throw wrong();
      }
      return text.substring(start, at).strip();
    }

    private boolean take(char c) {
      boolean isThere = at < text.length() && text.charAt(at) == c;
      at += isThere ? 1 : 0;
      return isThere;
    }

    private Refusal wrong() {
      return new Refusal(400, "invalidParameter", "Invalid field selection " + text);
    }
  }
}
