package io.raic.cloud.gcs.fake;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The description of an object, or its bytes, whole or in part. */
final class Reading {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  private Reading() {}

  static Answer describe(Bucket bucket, String name, Call call) {
    var live = bucket.get(name, call);
    if (Preconditions.of(call).isKnownToReader(live)) {
      return Answer.empty(304);
    }
    return Answer.json(200, Fields.of(call, live.json())).with(Map.of("ETag", live.etag()));
  }

  static Answer bytes(Bucket bucket, String name, Call call) throws IOException {
    while (true) {
      var live = bucket.get(name, call);
      if (Preconditions.of(call).isKnownToReader(live)) {
        return Answer.empty(304).with(headers(live));
      }
      var range = Part.of(call.header("Range"), live.content().size());
      var file = bucket.open(live);
      if (file.isPresent()) {
        var body = new Answer.Stored(file.get(), range.start(), range.end() - range.start());
        var headers = headers(live);
        if (range.isPartial()) {
          headers.put(
              "Content-Range",
              "bytes %d-%d/%d".formatted(range.start(), range.end() - 1, live.content().size()));
        }
        return new Answer(range.isPartial() ? 206 : 200, headers, body);
      }
      // It was replaced meanwhile, so its successor is read.
    }
  }

  private static Map<String, String> headers(StoredObject object) {
    var content = object.content();
    var headers = new TreeMap<String, String>();
    headers.put("ETag", object.etag());
    headers.put("Accept-Ranges", "bytes");
    headers.put(
        "Content-Type",
        object.contentType().isEmpty() ? "application/octet-stream" : object.contentType());
    headers.put("x-goog-generation", Long.toString(object.generation()));
    headers.put("x-goog-metageneration", Long.toString(object.metageneration()));
    headers.put("x-goog-stored-content-encoding", "identity");
    headers.put("x-goog-stored-content-length", Long.toString(content.size()));
    headers.put("x-goog-storage-class", object.storageClass());
    // Always of the whole object, also where a part is sent.
    headers.put("x-goog-hash", "crc32c=%s,md5=%s".formatted(content.crc32c(), content.md5()));
    return headers;
  }

  /** Which bytes are sent. */
  private record Part(long start, long end, boolean isPartial) {
    static Part of(Optional<String> header, long size) {
      var matcher = header.map(RANGE::matcher).filter(Matcher::matches);
      if (matcher.isEmpty() || (matcher.get().group(1) + matcher.get().group(2)).isEmpty()) {
        // What is no range of bytes is passed over.
        return new Part(0, size, false);
      }
      String first = matcher.get().group(1);
      String last = matcher.get().group(2);
      if (first.isEmpty()) {
        long tail = Math.min(Long.parseLong(last), size);
        return checked(size - tail, size, size);
      }
      long end = last.isEmpty() ? size : Math.min(Long.parseLong(last) + 1, size);
      return checked(Long.parseLong(first), end, size);
    }

    private static Part checked(long start, long end, long size) {
      if (start >= end) {
        throw Refusal.plain(416, "The requested range cannot be satisfied.")
            .with(Map.of("Content-Range", "bytes */" + size));
      }
      return new Part(start, end, true);
    }
  }
}
