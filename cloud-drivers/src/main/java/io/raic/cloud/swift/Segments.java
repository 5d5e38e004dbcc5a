package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import tools.jackson.databind.JsonNode;

/**
 * The segments of long objects, which are in a container of their own, so that no listing shows
 * them: {@code PREFIX KEY / WRITE / NUMBER}.
 */
final class Segments {
  private static final int MAX_MANIFEST_BYTES = 16 << 20;

  /** What the smallest servers take. */
  private static final int MOST_DELETED_AT_ONCE = 1000;

  private final Calls calls;
  private final Places places;

  Segments(Calls calls, Places places) {
    this.calls = calls;
    this.places = places;
  }

  /**
   * Returns the names of the segments that the manifest of an object has, as far as this driver has
   * written them: others are not its to remove.
   */
  List<String> named(Operation operation, ObjectKey key, Deadline deadline) {
    var answer =
        calls.call(
            operation,
            deadline,
            _ -> {
              var got =
                  calls
                      .account()
                      .exchange(
                          operation,
                          deadline,
                          MAX_MANIFEST_BYTES,
                          storage ->
                              new HttpUriRequestBase(
                                  "GET",
                                  URI.create(
                                      storage
                                          + places.objectPath(key)
                                          + "?multipart-manifest=get")));
              if (!got.isSuccess() && got.status() != 404) {
                throw calls.failed(operation, "a manifest", got);
              }
              return got;
            });
    boolean isManifest = answer.isSuccess() && answer.header("X-Static-Large-Object").isPresent();
    return isManifest ? ours(key, Json.read(calls.about(operation), answer.body())) : List.of();
  }

  private List<String> ours(ObjectKey key, JsonNode manifest) {
    String start = "/" + places.segments() + "/" + places.segmentNames(key);
    var names = new ArrayList<String>();
    for (JsonNode segment : manifest) {
      String name = segment.path("name").asString("");
      String rest = name.startsWith(start) ? name.substring(start.length()) : "";
      if (rest.matches("[A-Za-z0-9_-]{22}/[0-9]{8}")) {
        names.add(places.segmentNames(key) + rest);
      }
    }
    return names;
  }

  /**
   * Removes segments, as far as that works: what is left is invisible, and no reason to fail a call
   * that has done its work.
   */
  void remove(Operation operation, List<String> names, boolean atOnce, Deadline deadline) {
    try {
      for (int from = 0; from < names.size(); from += MOST_DELETED_AT_ONCE) {
        var some = names.subList(from, Math.min(names.size(), from + MOST_DELETED_AT_ONCE));
        if (!atOnce || !removeAtOnce(operation, some, deadline)) {
          for (String name : some) {
            removeOne(operation, name, deadline);
          }
        }
      }
    } catch (BackendException _) {
      // docs/providers/swift.md tells how what is left is found.
    }
  }

  private boolean removeAtOnce(Operation operation, List<String> names, Deadline deadline) {
    var body =
        names.stream()
            .map(name -> Places.encode(places.segments()) + "/" + name)
            .collect(Collectors.joining("\n"))
            .getBytes(StandardCharsets.UTF_8);
    return calls.call(
        operation,
        deadline,
        _ -> {
          var answer =
              calls
                  .account()
                  .exchange(
                      operation,
                      deadline,
                      0,
                      storage -> {
                        var request =
                            new HttpUriRequestBase("POST", URI.create(storage + "?bulk-delete"));
                        request.setHeader("Accept", "application/json");
                        request.setEntity(new ByteArrayEntity(body, ContentType.TEXT_PLAIN));
                        return request;
                      });
          return answer.isSuccess();
        });
  }

  private void removeOne(Operation operation, String name, Deadline deadline) {
    calls.call(
        operation,
        deadline,
        _ -> {
          var answer =
              calls.send(operation, deadline, "DELETE", places.segmentsPath() + "/" + name);
          if (!answer.isSuccess() && answer.status() != 404) {
            throw calls.failed(operation, "removing a segment", answer);
          }
          return answer.status();
        });
  }
}
