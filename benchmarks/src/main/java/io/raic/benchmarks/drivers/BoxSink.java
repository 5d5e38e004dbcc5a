package io.raic.benchmarks.drivers;

import java.util.Map;

/** Box: a token, folders that are all one, upload sessions, and downloads from another address. */
final class BoxSink implements Sink {
  private static final int PART_BYTES = 8 << 20;
  private static final String FILE =
      "{\"type\":\"file\",\"id\":\"1\",\"etag\":\"1\",\"name\":\"%s\",\"size\":%d}"
          .formatted("object=0", Workload.OBJECT_BYTES);

  @Override
  public Answer answer(Ask ask) {
    String path = ask.target().replaceFirst("\\?.*", "");
    String here = "http://" + ask.headers().getOrDefault("host", "");
    return switch (ask.method()) {
      case "POST" -> posted(path.substring(path.lastIndexOf('/') + 1), here + "/session");
      case "PUT" -> part(ask);
      case "GET" ->
          switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "content" -> Answer.of(302, Map.of("Location", here + "/bytes"));
            case "bytes" -> Answer.zeros(Map.of(), Workload.OBJECT_BYTES);
            default -> json(FILE);
          };
      default -> Answer.of(501, Map.of());
    };
  }

  private static Answer posted(String to, String session) {
    return switch (to) {
      case "token" ->
          json(
              "{\"access_token\":\"nothing-secret\",\"expires_in\":3600,\"token_type\":\"bearer\"}");
      case "folders" -> json("{\"type\":\"folder\",\"id\":\"2\"}");
      case "upload_sessions" ->
          json(
              """
              {"id":"1","type":"upload_session","part_size":%d,"session_endpoints":
              {"upload_part":"%2$s","list_parts":"%2$s/parts","commit":"%2$s/commit"}}\
              """
                  .formatted(PART_BYTES, session));
      case "commit" -> json("{\"total_count\":1,\"entries\":[" + FILE + "]}");
      default -> Answer.of(501, Map.of());
    };
  }

  private static Answer part(Ask ask) {
    String range = ask.headers().getOrDefault("content-range", "");
    long offset = Long.parseLong(range.substring("bytes ".length(), range.indexOf('-')));
    return json(
        "{\"part\":{\"part_id\":\"%08X\",\"offset\":%d,\"size\":%d}}"
            .formatted(offset / PART_BYTES, offset, ask.bodyBytes()));
  }

  private static Answer json(String body) {
    return Answer.text("application/json", body);
  }
}
