package io.raic.cloud.gcs.fake;

import com.google.gson.JsonObject;
import java.time.Instant;

/**
 * A version of an object.
 *
 * @param bucket that holds it
 * @param name of it
 * @param generation of its bytes
 * @param metageneration of its metadata, from 1
 * @param created when its bytes came
 * @param updated when its metadata changed
 * @param settings what the client said of it
 * @param content its bytes
 */
record StoredObject(
    String bucket,
    String name,
    long generation,
    long metageneration,
    Instant created,
    Instant updated,
    JsonObject settings,
    Content content) {

  StoredObject withSettings(JsonObject changed) {
    return new StoredObject(
        bucket, name, generation, metageneration + 1, created, Instant.now(), changed, content);
  }

  String contentType() {
    return settings.has("contentType") ? settings.get("contentType").getAsString() : "";
  }

  String storageClass() {
    return settings.has("storageClass") ? settings.get("storageClass").getAsString() : "STANDARD";
  }

  String etag() {
    return "C%x/%x".formatted(generation, metageneration);
  }

  /** Returns it as the service describes it. */
  JsonObject json() {
    var json = settings.deepCopy();
    json.addProperty("kind", "storage#object");
    json.addProperty("id", "%s/%s/%d".formatted(bucket, name, generation));
    json.addProperty("name", name);
    json.addProperty("bucket", bucket);
    json.addProperty("generation", Long.toString(generation));
    json.addProperty("metageneration", Long.toString(metageneration));
    json.addProperty("storageClass", storageClass());
    json.addProperty("size", Long.toString(content.size()));
    json.addProperty("md5Hash", content.md5());
    json.addProperty("crc32c", content.crc32c());
    json.addProperty("etag", etag());
    json.addProperty("timeCreated", created.toString());
    json.addProperty("timeStorageClassUpdated", created.toString());
    json.addProperty("updated", updated.toString());
    return json;
  }
}
