package io.raic.cloud.box.fake;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** {@code /api/2.0/files/upload_sessions}. */
final class SessionsApi {
  private static final long MIN_BYTES = 20_000_000;
  private static final Duration LIFE = Duration.ofDays(7);
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,15})-(\\d{1,15})/(\\d{1,15})");

  private final FakeDisk disk;
  private final Bodies bodies;
  private final FakeClock clock;
  private final FakeFaults faults;
  private final Map<String, UploadSession> sessions = new ConcurrentHashMap<>();
  private volatile int partBytes = UploadSession.USUAL_PART_BYTES;

  SessionsApi(FakeDisk disk, Bodies bodies, FakeClock clock, FakeFaults faults) {
    this.disk = disk;
    this.bodies = bodies;
    this.clock = clock;
    this.faults = faults;
  }

  void setPartBytes(int bytes) {
    partBytes = bytes;
  }

  /** Returns how many are open. */
  int count() {
    return sessions.size();
  }

  /** {@code POST …/files/upload_sessions}. */
  void create(FakeRequest request) throws IOException {
    var json = request.json();
    String folder =
        json.text("folder_id")
            .orElseThrow(() -> new Refusal(400, "missing_destination", "No folder_id"));
    String name =
        json.text("file_name")
            .orElseThrow(() -> new Refusal(400, "missing_file_name", "No file_name"));
    long size = size(json);
    disk.requireRoom(folder, name, size);
    open(request, new UploadSession.Target.NewFile(folder, name), size);
  }

  /** {@code POST …/files/ID/upload_sessions}. */
  void createVersion(FakeRequest request) throws IOException {
    var json = request.json();
    long size = size(json);
    var file = disk.file(request.part(3));
    disk.requireSpace(size);
    open(request, new UploadSession.Target.NewVersion(file.id()), size);
  }

  private static long size(Json json) {
    long size =
        json.number("file_size")
            .orElseThrow(() -> new Refusal(400, "missing_file_size", "No file_size"));
    if (size < MIN_BYTES) {
      throw new Refusal(400, "file_size_too_small", "The file is too small for this API");
    }
    return size;
  }

  private void open(FakeRequest request, UploadSession.Target target, long size)
      throws IOException {
    String id = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
    var session =
        new UploadSession(id, target, size, partBytes, clock.now().plus(LIFE), bodies.newFile());
    sessions.put(id, session);
    request.answer(201, json(request, session));
  }

  private static Map<String, Object> json(FakeRequest request, UploadSession session) {
    String base =
        "http://%s/api/2.0/files/upload_sessions/%s"
            .formatted(request.header("Host").orElse(""), session.id());
    return Json.object(
        "type",
        "upload_session",
        "id",
        session.id(),
        "session_expires_at",
        Fields.time(session.end()),
        "part_size",
        session.partBytes(),
        "total_parts",
        session.totalParts(),
        "num_parts_processed",
        (long) session.parts().size(),
        "session_endpoints",
        Json.object(
            "upload_part",
            base,
            "commit",
            base + "/commit",
            "abort",
            base,
            "list_parts",
            base + "/parts",
            "status",
            base,
            "log_event",
            base + "/log"));
  }

  /** {@code PUT …/upload_sessions/S}. */
  void part(FakeRequest request) throws IOException {
    var session = session(request);
    var range = RANGE.matcher(request.header("Content-Range").orElse(""));
    if (!range.matches() || Long.parseLong(range.group(3)) != session.size()) {
      throw new Refusal(416, "requested_range_not_satisfiable", "Not a range of this session");
    }
    long from = Long.parseLong(range.group(1));
    long to = Long.parseLong(range.group(2));
    var part = session.take(from, to, digest(request), request.body());
    request.answer(200, Json.object("part", part.json()));
  }

  /** {@code GET …/upload_sessions/S}. */
  void get(FakeRequest request) throws IOException {
    request.answer(200, json(request, session(request)));
  }

  /** {@code GET …/upload_sessions/S/parts}. */
  void parts(FakeRequest request) throws IOException {
    var parts = session(request).parts();
    int offset = request.query("offset").map(Integer::parseInt).orElse(0);
    int limit = request.query("limit").map(Integer::parseInt).orElse(1000);
    var entries = parts.stream().skip(offset).limit(limit).map(UploadSession.Part::json).toList();
    request.answer(
        200,
        Json.object(
            "total_count",
            (long) parts.size(),
            "limit",
            (long) limit,
            "offset",
            (long) offset,
            "entries",
            entries));
  }

  /** {@code POST …/upload_sessions/S/commit}. */
  void commit(FakeRequest request) throws IOException {
    var session = session(request);
    var json = request.json();
    session.requireAll(json.list("parts"));
    if (faults.take(FakeFaults.Kind.COMMIT_LATER, "commit")) {
      request.setHeader("Retry-After", "1");
      request.answer(202);
      return;
    }
    var body = Bodies.body(session.path());
    UploadSession.requireDigest(digest(request), HexFormat.of().parseHex(body.sha1()), 400);
    var attributes = json.member("attributes").orElse(new Json(Map.of()));
    var modified = FakeRequest.time(attributes, "content_modified_at");
    var created = FakeRequest.time(attributes, "content_created_at");
    var file =
        switch (session.target()) {
          case UploadSession.Target.NewFile(var folder, var name) ->
              disk.newFile(folder, name, body, created, modified);
          case UploadSession.Target.NewVersion(var id) ->
              disk.newVersion(id, request.ifMatch(), body, modified);
        };
    sessions.remove(session.id());
    request.answer(201, Fields.uploaded(file, Optional.empty()));
  }

  /** {@code DELETE …/upload_sessions/S}. */
  void abort(FakeRequest request) throws IOException {
    var session = session(request);
    sessions.remove(session.id());
    Bodies.remove(session.path());
    request.answer(204);
  }

  private UploadSession session(FakeRequest request) {
    var session = sessions.get(request.part(4));
    if (session == null || !clock.now().isBefore(session.end())) {
      throw Refusal.notFound();
    }
    return session;
  }

  private static String digest(FakeRequest request) {
    return request
        .header("Digest")
        .orElseThrow(() -> Refusal.badRequest("The header 'digest' is required"));
  }
}
