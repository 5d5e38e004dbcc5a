package io.raic.cloud.gcs.fake;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Objects that come in one request. */
final class Inserts {
  private final Supplier<Path> files;

  /** Puts bytes into what {@code files} names. */
  Inserts(Supplier<Path> files) {
    this.files = files;
  }

  /** Takes the bytes alone; the query says what they are. */
  Answer media(Bucket bucket, Call call) throws IOException {
    String name = Settings.objectName(call.requiredQuery("name"));
    var preconditions = Preconditions.of(call);
    bucket.requireForChange(name, preconditions);
    var said = new JsonObject();
    call.header("Content-Type").ifPresent(type -> said.addProperty("contentType", type));
    var content = Content.receive(files.get(), call.body());
    return insert(bucket, call, name, said, content, preconditions);
  }

  /** Takes the description and the bytes. */
  Answer multipart(Bucket bucket, Call call) throws IOException {
    var preconditions = Preconditions.of(call);
    try (var body = new MultipartRelated(call.body(), call.header("Content-Type").orElse(""))) {
      var said = Call.json(body.description());
      if (!said.has("contentType") && !body.mediaType().isEmpty()) {
        said.addProperty("contentType", body.mediaType());
      }
      String name = name(bucket, call, said);
      bucket.requireForChange(name, preconditions);
      var content = Content.receive(files.get(), body);
      return insert(bucket, call, name, said, content, preconditions);
    }
  }

  private static Answer insert(
      Bucket bucket,
      Call call,
      String name,
      JsonObject said,
      Content content,
      Preconditions preconditions) {
    var stored = insert(bucket, name, said, content, call.header("x-goog-hash"), preconditions);
    return Answer.json(200, Fields.of(call, stored.json()));
  }

  /** Checks the sums that were named, then the preconditions, and makes the object visible. */
  static StoredObject insert(
      Bucket bucket,
      String name,
      JsonObject said,
      Content content,
      Optional<String> hashHeader,
      Preconditions preconditions) {
    try {
      content.require(text(said, "crc32c"), text(said, "md5Hash"));
      String hashes = hashHeader.orElse("");
      content.require(hash(hashes, "crc32c="), hash(hashes, "md5="));
      return bucket.insert(name, Settings.kept(said), content, preconditions);
    } catch (Refusal e) {
      content.discard();
      throw e;
    }
  }

  /** Returns the name of an object, which the query and the description must agree on. */
  static String name(Bucket bucket, Call call, JsonObject said) {
    String described = text(said, "name");
    String named = call.query("name").orElse(described);
    if (named.isEmpty()) {
      throw Refusal.required("name");
    }
    if (!described.isEmpty() && !described.equals(named)) {
      throw Refusal.invalid("Value in the body conflicts with the query: name");
    }
    if (said.has("bucket") && !text(said, "bucket").equals(bucket.name())) {
      throw Refusal.invalid("Value in the body conflicts with the path: bucket");
    }
    return Settings.objectName(named);
  }

  private static String text(JsonObject said, String name) {
    return said.has(name) && said.get(name).isJsonPrimitive() ? said.get(name).getAsString() : "";
  }

  private static String hash(String header, String kind) {
    for (String part : header.split(",", -1)) {
      if (part.strip().startsWith(kind)) {
        return part.strip().substring(kind.length());
      }
    }
    return "";
  }
}
