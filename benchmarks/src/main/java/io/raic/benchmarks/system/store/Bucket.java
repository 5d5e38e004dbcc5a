package io.raic.benchmarks.system.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Objects in memory, and what S3 answers about them. Safe for use by many threads. */
final class Bucket {
  private static final Pattern PART = Pattern.compile("<PartNumber>([0-9]{1,5})</PartNumber>");
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{0,18})");
  private static final String METADATA = "x-amz-meta-";

  /** Parts that were sent, by number. */
  private record Parts(
      String key, Map<String, String> metadata, SortedMap<Integer, ByteBuffer[]> sent) {}

  private final Slabs slabs;
  private final ConcurrentSkipListMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final ConcurrentHashMap<String, Parts> uploads = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();

  Bucket(Slabs slabs) {
    this.slabs = slabs;
  }

  /** Answers a request whose body has come; takes over the body. */
  Reply answer(Kind kind, Request request, ByteBuffer[] body) {
    boolean isKept = kind == Kind.PUT || kind == Kind.PART;
    var reply =
        switch (kind) {
          case GET -> get(request);
          case HEAD -> head(request);
          case PUT -> put(request, body);
          case PART -> part(request, body);
          case CREATE -> create(request);
          case COMPLETE -> complete(request, body);
          case ABORT -> abort(request);
          case DELETE -> delete(request);
          case LIST -> list(request);
          case OTHER -> Reply.error(501, "NotImplemented");
        };
    if (!isKept || reply.status() != 200) {
      slabs.give(body);
    }
    return reply;
  }

  private Reply get(Request request) {
    var found = held(request.key());
    if (found.isEmpty()) {
      return Reply.error(404, "NoSuchKey");
    }
    var object = found.get();
    var range = RANGE.matcher(request.header("range").orElse(""));
    if (!range.matches()) {
      return Reply.object(200, object, 0, object.length());
    }
    long start = Long.parseLong(range.group(1));
    long end = range.group(2).isEmpty() ? object.length() : Long.parseLong(range.group(2)) + 1;
    if (start >= object.length() || end <= start) {
      object.release();
      return Reply.error(416, "InvalidRange");
    }
    return Reply.object(206, object, start, Math.min(end, object.length()));
  }

  private Reply head(Request request) {
    return held(request.key())
        .map(object -> Reply.object(200, object, 0, object.length()))
        .orElse(Reply.of(404));
  }

  private Optional<Stored> held(String key) {
    return Optional.ofNullable(objects.get(key)).filter(Stored::isHeld);
  }

  private Reply put(Request request, ByteBuffer[] body) {
    return store(request, request.key(), metadata(request), body);
  }

  private synchronized Reply store(
      Request request, String key, Map<String, String> metadata, ByteBuffer[] pieces) {
    var there = objects.get(key);
    if (!holds(request, there == null ? "" : there.tag())) {
      return Reply.error(412, "PreconditionFailed");
    }
    var object = new Stored("%032x".formatted(ids.incrementAndGet()), metadata, pieces, slabs);
    objects.put(key, object);
    if (there != null) {
      there.release();
    }
    return Reply.tagged(object.tag());
  }

  /** Says whether the preconditions hold for what is there; {@code tag} is empty for nothing. */
  private static boolean holds(Request request, String tag) {
    boolean matches =
        request
            .header("if-match")
            .map(wanted -> !tag.isEmpty() && (wanted.equals("*") || unquoted(wanted).equals(tag)))
            .orElse(true);
    return matches && (request.header("if-none-match").isEmpty() || tag.isEmpty());
  }

  private static String unquoted(String tag) {
    return tag.replace("\"", "");
  }

  private static Map<String, String> metadata(Request request) {
    var found = new LinkedHashMap<String, String>();
    request
        .headers()
        .forEach((name, value) -> {
          if (name.startsWith(METADATA)) {
            found.put(name, value);
          }
        });
    return found;
  }

  private Reply create(Request request) {
    String id = "upload-" + ids.incrementAndGet();
    uploads.put(id, new Parts(request.key(), metadata(request), new TreeMap<>()));
    return Reply.xml(
        "<InitiateMultipartUploadResult><UploadId>%s</UploadId></InitiateMultipartUploadResult>"
            .formatted(id));
  }

  private Reply part(Request request, ByteBuffer[] body) {
    var parts = uploads.get(request.parameter("uploadId").orElse(""));
    if (parts == null) {
      return Reply.error(404, "NoSuchUpload");
    }
    int number = request.parameter("partNumber").map(Integer::parseInt).orElse(0);
    synchronized (parts) {
      var before = parts.sent().put(number, body);
      if (before != null) {
        slabs.give(before);
      }
    }
    return Reply.tagged("%032x".formatted(number));
  }

  private Reply complete(Request request, ByteBuffer[] body) {
    String id = request.parameter("uploadId").orElse("");
    var parts = uploads.get(id);
    if (parts == null) {
      return Reply.error(404, "NoSuchUpload");
    }
    var pieces = new ArrayList<ByteBuffer>();
    synchronized (parts) {
      var named = PART.matcher(text(body));
      while (named.find()) {
        var sent = parts.sent().get(Integer.parseInt(named.group(1)));
        if (sent == null) {
          return Reply.error(400, "InvalidPart");
        }
        pieces.addAll(List.of(sent));
      }
    }
    var reply = store(request, parts.key(), parts.metadata(), pieces.toArray(new ByteBuffer[0]));
    if (reply.status() != 200) {
      return reply;
    }
    uploads.remove(id);
    String tag = reply.headers().getOrDefault("ETag", "");
    return Reply.xml(
        "<CompleteMultipartUploadResult><ETag>%s</ETag></CompleteMultipartUploadResult>"
            .formatted(tag.replace("\"", "&quot;")));
  }

  private static String text(ByteBuffer[] pieces) {
    var all = new StringBuilder();
    for (var piece : pieces) {
      all.append(StandardCharsets.ISO_8859_1.decode(piece.slice(0, piece.limit())));
    }
    return all.toString();
  }

  private Reply abort(Request request) {
    var parts = uploads.remove(request.parameter("uploadId").orElse(""));
    if (parts == null) {
      return Reply.error(404, "NoSuchUpload");
    }
    synchronized (parts) {
      parts.sent().values().forEach(slabs::give);
      parts.sent().clear();
    }
    return Reply.of(204);
  }

  private synchronized Reply delete(Request request) {
    var there = objects.get(request.key());
    if (!holds(request, there == null ? "" : there.tag())) {
      return Reply.error(412, "PreconditionFailed");
    }
    remove(request.key());
    return Reply.of(204);
  }

  /** Removes an object; no matter if it is not there. */
  void remove(String key) {
    var there = objects.remove(key);
    if (there != null) {
      there.release();
    }
  }

  private Reply list(Request request) {
    String prefix = request.parameter("prefix").orElse("");
    String after = request.parameter("start-after").orElse("");
    int most = request.parameter("max-keys").map(Integer::parseInt).orElse(1000);
    var found = new StringBuilder();
    int count = 0;
    boolean goesOn = false;
    for (var entry : objects.tailMap(prefix, true).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      if (entry.getKey().compareTo(after) > 0) {
        if (count == most) {
          goesOn = true;
          break;
        }
        count++;
        found.append(
            "<Contents><Key>%s</Key><ETag>&quot;%s&quot;</ETag><Size>%d</Size></Contents>"
                .formatted(entry.getKey(), entry.getValue().tag(), entry.getValue().length()));
      }
    }
    return Reply.xml(
        "<ListBucketResult><IsTruncated>%s</IsTruncated>%s</ListBucketResult>"
            .formatted(goesOn, found));
  }

  /** Returns the names of the objects that begin so. */
  List<String> keys(String prefix) {
    return objects.tailMap(prefix, true).keySet().stream()
        .takeWhile(key -> key.startsWith(prefix))
        .toList();
  }

  /** Forgets every object, and the uploads that were not completed. */
  void clear() {
    keys("").forEach(this::remove);
    uploads.forEach((id, parts) -> {
      uploads.remove(id);
      synchronized (parts) {
        parts.sent().values().forEach(slabs::give);
        parts.sent().clear();
      }
    });
  }
}
