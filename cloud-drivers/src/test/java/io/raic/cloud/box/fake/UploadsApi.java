package io.raic.cloud.box.fake;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Uploads in one request, and the question before one. */
final class UploadsApi {
  private static final int MAX_ATTRIBUTES_BYTES = 1 << 14;

  private final FakeDisk disk;
  private final Bodies bodies;

  UploadsApi(FakeDisk disk, Bodies bodies) {
    this.disk = disk;
    this.bodies = bodies;
  }

  /** {@code OPTIONS /2.0/files/content}. */
  void preflight(FakeRequest request) throws IOException {
    var json = request.json();
    var parent = json.member("parent").flatMap(p -> p.text("id")).orElse(FakeDisk.ROOT);
    disk.requireRoom(parent, FakeRequest.required(json, "name"), json.number("size").orElse(0L));
    var host = request.header("Host").orElse("");
    request.answer(
        200,
        Json.object(
            "upload_url", "http://" + host + "/api/2.0/files/content", "upload_token", Json.NULL));
  }

  /** {@code POST /api/2.0/files/content}. */
  void create(FakeRequest request) throws IOException {
    var parts = Multipart.of(request);
    var attributes = attributes(parts, parts.next());
    var parent = attributes.member("parent").flatMap(p -> p.text("id"));
    if (parent.isEmpty()) {
      throw Refusal.badRequest("'parent' is required");
    }
    String name = FakeRequest.required(attributes, "name");
    var created = FakeRequest.time(attributes, "content_created_at");
    var modified = FakeRequest.time(attributes, "content_modified_at");
    var body = body(request, parts, parts.next());
    keep(request, body, () -> disk.newFile(parent.get(), name, body, created, modified));
  }

  /** {@code POST /api/2.0/files/ID/content}. */
  void newVersion(FakeRequest request) throws IOException {
    var parts = Multipart.of(request);
    var first = parts.next();
    // A new version needs no attributes: its file has a name.
    boolean isBare = !first.equals(Optional.of("attributes"));
    var attributes = isBare ? new Json(Map.of()) : attributes(parts, first);
    var modified = FakeRequest.time(attributes, "content_modified_at");
    var id = request.part(3);
    var known = disk.file(id);
    var rename = attributes.text("name").filter(name -> !name.equals(known.name()));
    if (rename.isPresent()) {
      throw Refusal.badRequest("The fake renames nothing");
    }
    var body = body(request, parts, isBare ? first : parts.next());
    keep(request, body, () -> disk.newVersion(id, request.ifMatch(), body, modified));
  }

  private static void keep(FakeRequest request, Body body, Supplier<FakeItem.File> place)
      throws IOException {
    FakeItem.File file;
    try {
      file = place.get();
    } catch (Refusal e) {
      Bodies.remove(body);
      throw e;
    }
    request.answer(201, Fields.uploaded(file, request.fields()));
  }

  private static Json attributes(Multipart parts, Optional<String> name) throws IOException {
    if (name.equals(Optional.of("attributes"))) {
      return FakeRequest.json(parts.text(MAX_ATTRIBUTES_BYTES));
    }
    throw new Refusal(
        400, "metadata_after_file_contents", "Attributes must come before the file contents");
  }

  /** Reads the part with the bytes; clients give it any name. */
  private Body body(FakeRequest request, Multipart parts, Optional<String> name)
      throws IOException {
    if (name.isEmpty() || name.get().equals("attributes")) {
      throw Refusal.badRequest("'file' is required");
    }
    var body = bodies.read(parts::copyTo);
    var expected = request.header("Content-MD5").map(hex -> hex.toLowerCase(Locale.ROOT));
    if (expected.isPresent() && !expected.get().equals(body.sha1())) {
      Bodies.remove(body);
      throw new Refusal(
          400, "bad_digest", "The specified content-md5 did not match what we received");
    }
    return body;
  }
}
