package io.raic.cloud.gcs.fake;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What a client may say of an object, checked as the service does. */
final class Settings {
  private static final Set<String> KEPT =
      Set.of(
          "contentType",
          "contentEncoding",
          "contentLanguage",
          "contentDisposition",
          "cacheControl",
          "customTime",
          "storageClass",
          "metadata");
  private static final Set<String> CLASSES = Set.of("STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE");
  private static final int MAX_NAME_BYTES = 1024;
  private static final int MAX_METADATA_BYTES = 8 << 10;

  private Settings() {}

  /** Returns what the service keeps of an object's description. */
  static JsonObject kept(JsonObject said) {
    var kept = new JsonObject();
    for (String name : KEPT) {
      if (said.has(name) && !said.get(name).isJsonNull()) {
        kept.add(name, said.get(name));
      }
    }
    return checked(kept);
  }

  /** Returns the settings after a patch, in which null takes away. */
  static JsonObject patched(JsonObject before, JsonObject patch) {
    var after = before.deepCopy();
    for (String name : KEPT) {
      if (patch.has(name)) {
        merge(after, name, patch.get(name));
      }
    }
    return checked(after);
  }

  private static void merge(JsonObject target, String name, JsonElement value) {
    if (value.isJsonNull()) {
      target.remove(name);
    } else if (value.isJsonObject() && target.has(name)) {
      var inner = target.getAsJsonObject(name);
      value.getAsJsonObject().entrySet().forEach(e -> merge(inner, e.getKey(), e.getValue()));
    } else {
      target.add(name, value);
    }
  }

  private static JsonObject checked(JsonObject settings) {
    if (settings.has("storageClass")
        && !CLASSES.contains(settings.get("storageClass").getAsString())) {
      throw Refusal.invalid("Invalid argument: storageClass");
    }
    if (settings.has("metadata")) {
      if (!settings.get("metadata").isJsonObject()) {
        throw Refusal.invalid("Invalid value for field metadata");
      }
      int bytes = 0;
      for (var entry : settings.getAsJsonObject("metadata").entrySet()) {
        if (!entry.getValue().isJsonPrimitive()) {
          throw Refusal.invalid("Invalid value for field metadata");
        }
        bytes += utf8(entry.getKey()) + utf8(entry.getValue().getAsString());
      }
      if (bytes > MAX_METADATA_BYTES) {
        throw Refusal.invalid("The maximum size of custom metadata is 8192 bytes");
      }
    }
    return settings;
  }

  /** Refuses what cannot be an object's name. */
  static String objectName(String name) {
    boolean isRefused =
        name.isEmpty()
            || utf8(name) > MAX_NAME_BYTES
            || name.equals(".")
            || name.equals("..")
            || name.startsWith(".well-known/acme-challenge/")
            || name.indexOf('\r') >= 0
            || name.indexOf('\n') >= 0;
    if (isRefused) {
      throw Refusal.invalid("Invalid object name");
    }
    return name;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
