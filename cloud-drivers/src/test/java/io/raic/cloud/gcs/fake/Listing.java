package io.raic.cloud.gcs.fake;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Objects of a bucket in the order of their names, page by page. */
final class Listing {
  private static final int MOST = 1000;

  private final String prefix;
  private final String delimiter;
  private final String end;
  private final String after;
  private final String start;
  private final int limit;
  private final JsonArray items = new JsonArray();
  private final JsonArray prefixes = new JsonArray();
  private String last = "";

  private Listing(Call call) {
    this.prefix = call.query("prefix").orElse("");
    this.delimiter = call.query("delimiter").orElse("");
    this.start = call.query("startOffset").orElse("");
    this.end = call.query("endOffset").orElse("");
    long wanted = call.number("maxResults").orElse(MOST);
    if (wanted < 0) {
      throw Refusal.invalid("Invalid unsigned integer value: '%d'.".formatted(wanted));
    }
    this.limit = wanted == 0 ? MOST : (int) Math.min(wanted, MOST);
    this.after = call.query("pageToken").map(Listing::unwrapped).orElse("");
  }

  static Answer page(Bucket bucket, Call call) {
    if (call.query("versions").orElse("false").equals("true")) {
      throw new Refusal(501, "notImplemented", "This server keeps live versions only");
    }
    return Answer.json(200, Fields.of(call, new Listing(call).page(bucket)));
  }

  private JsonObject page(Bucket bucket) {
    var json = new JsonObject();
    json.addProperty("kind", "storage#objects");
    String first = Bucket.compare(start, prefix) > 0 ? start : prefix;
    first = Bucket.compare(after, first) > 0 ? after : first;
    for (StoredObject object : bucket.from(first).values()) {
      if (!object.name().startsWith(prefix) || isBeyondEnd(object.name())) {
        break;
      }
      if (isListed(object.name())) {
        continue;
      }
      if (items.size() + prefixes.size() == limit) {
        json.addProperty("nextPageToken", wrapped(last));
        break;
      }
      add(object);
    }
    if (!prefixes.isEmpty()) {
      json.add("prefixes", prefixes);
    }
    if (!items.isEmpty()) {
      json.add("items", items);
    }
    return json;
  }

  private boolean isBeyondEnd(String name) {
    return !end.isEmpty() && Bucket.compare(name, end) >= 0;
  }

  /** Says whether a page before, or a prefix of this one, holds {@code name} already. */
  private boolean isListed(String name) {
    if (!after.isEmpty()) {
      boolean isOfPrefix =
          !delimiter.isEmpty() && after.endsWith(delimiter) && name.startsWith(after);
      if (isOfPrefix || Bucket.compare(name, after) <= 0) {
        return true;
      }
    }
    return !delimiter.isEmpty()
        && !last.isEmpty()
        && last.endsWith(delimiter)
        && name.startsWith(last);
  }

  private void add(StoredObject object) {
    int cut = delimiter.isEmpty() ? -1 : object.name().indexOf(delimiter, prefix.length());
    if (cut < 0) {
      items.add(object.json());
      last = object.name();
    } else {
      last = object.name().substring(0, cut + delimiter.length());
      prefixes.add(last);
    }
  }

  private static String wrapped(String name) {
    return Base64.getUrlEncoder().encodeToString(("\n" + name).getBytes(StandardCharsets.UTF_8));
  }

  private static String unwrapped(String token) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith("\n")) {
        return text.substring(1);
      }
    } catch (IllegalArgumentException _) {
      // It is none of ours.
    }
    throw Refusal.invalid("Invalid argument: pageToken");
  }
}
