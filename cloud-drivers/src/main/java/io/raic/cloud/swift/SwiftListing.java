package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import tools.jackson.databind.JsonNode;

/**
 * Pages of a container. Swift may give fewer objects than it could, so only an empty page is the
 * last one.
 */
final class SwiftListing {
  /** What a page has at most; Swift's own limit is 10 000. */
  private static final int MAX_OBJECTS = 1000;

  /** A name of 1024 bytes, escaped, and what else is said of an object. */
  private static final int MAX_OBJECT_BYTES = 8 << 10;

  /** Nothing that contains something else is the beginning of a key. */
  private static final Pattern BEGINNING = Pattern.compile("[A-Za-z0-9._/-]*");

  private final Calls calls;
  private final Places places;

  SwiftListing(Calls calls, Places places) {
    this.calls = calls;
    this.places = places;
  }

  Page page(String prefix, Optional<String> after, int limit, Deadline deadline) {
    calls.enter(Operation.LIST, deadline);
    if (!BEGINNING.matcher(prefix).matches() || prefix.length() > ObjectKey.MAX_CHARACTERS) {
      return new Page(List.of(), Optional.empty());
    }
    int most = Math.min(limit, MAX_OBJECTS);
    String path =
        "%s?format=json&limit=%d&prefix=%s%s"
            .formatted(
                places.containerPath(),
                most,
                Places.encode(places.prefix() + prefix),
                after.map(last -> "&marker=" + Places.encode(places.prefix() + last)).orElse(""));
    return calls.call(
        Operation.LIST,
        deadline,
        _ -> {
          var answer =
              calls
                  .account()
                  .exchange(
                      Operation.LIST,
                      deadline,
                      (most + 1) * MAX_OBJECT_BYTES,
                      storage -> new HttpUriRequestBase("GET", URI.create(storage + path)));
          return read(answer, prefix, after, most);
        });
  }

  private Page read(Answer answer, String prefix, Optional<String> after, int most) {
    var about = calls.about(Operation.LIST);
    if (answer.status() == 404) {
      throw SwiftErrors.noContainer(about, places.container());
    }
    if (!answer.isSuccess()) {
      throw calls.failed(Operation.LIST, "a listing", answer);
    }
    if (answer.status() == 204) {
      return new Page(List.of(), Optional.empty());
    }
    var listed = Json.read(about, answer.body());
    if (!listed.isArray() || listed.size() > most) {
      throw new BackendException.Unavailable(about, "the answer is no listing");
    }
    var objects = new ArrayList<ObjectInfo>();
    String last = after.orElse("");
    for (JsonNode entry : listed) {
      String name = entry.path("name").asString("");
      if (!name.startsWith(places.prefix() + prefix)) {
        throw new BackendException.Corrupt(about, "an object is listed that was not asked for");
      }
      String key = name.substring(places.prefix().length());
      if (ObjectKey.isValid(key)) {
        if (key.compareTo(last) <= 0) {
          throw new BackendException.Corrupt(about, "the listing is not in order");
        }
        objects.add(info(key, entry));
      }
      last = key;
    }
    return new Page(objects, listed.isEmpty() ? Optional.empty() : Optional.of(last));
  }

  private static ObjectInfo info(String key, JsonNode entry) {
    long size = entry.path("bytes").asLong(0);
    var version =
        Found.version(
            entry.path("content_type").asString(""), entry.path("hash").asString(""), size);
    return new ObjectInfo(ObjectKey.of(key), size, version);
  }
}
