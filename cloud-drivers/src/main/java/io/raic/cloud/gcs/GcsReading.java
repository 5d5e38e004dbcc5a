package io.raic.cloud.gcs;

import com.google.api.client.http.HttpResponse;
import com.google.api.services.storage.model.StorageObject;
import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import java.io.IOException;
import java.util.Optional;

/**
 * Looks at one object.
 *
 * @param store that holds it
 * @param key its name
 * @param deadline when the call ends
 */
record GcsReading(GcsStore store, ObjectKey key, Deadline deadline) {
  /** What became of asking for bytes. */
  private sealed interface Opened {}

  /**
   * They come.
   *
   * @param download of them
   */
  private record Coming(Download download) implements Opened {}

  /** There is no such object. */
  private record NoObject() implements Opened {}

  /** The object ends before the range begins. */
  private record Beyond() implements Opened {}

  /** Returns what is known of the object; empty if there is none. */
  Optional<ObjectInfo> stat(Operation operation) {
    var request = store.request(operation);
    return store
        .retrier()
        .call(
            deadline,
            _ -> {
              var answer =
                  store
                      .http()
                      .exchange(
                          operation, deadline, _ -> store.requests().stat(key), GcsAnswer::of);
              return switch (answer.status()) {
                case 200 -> Optional.of(info(answer.json(StorageObject.class, request), operation));
                case 404 -> {
                  GcsErrors.requireBucket(request, store.place().bucket(), answer);
                  yield Optional.empty();
                }
                default -> throw GcsErrors.of(request, store.place().bucket(), answer);
              };
            });
  }

  private ObjectInfo info(StorageObject object, Operation operation) {
    return store
        .place()
        .info(object)
        .filter(info -> info.key().equals(key))
        .orElseThrow(() ->
            new BackendException.Unavailable(
                store.request(operation), "an answer that makes no sense"));
  }

  /** Opens bytes of the object; empty if there is none. */
  Optional<Download> open(ByteRange range) {
    if (range.start() == range.end() || range.start() > GcsBackend.MAX_OBJECT_BYTES) {
      return nothing();
    }
    var opened =
        store
            .retrier()
            .call(
                deadline,
                _ ->
                    store
                        .http()
                        .exchange(
                            Operation.GET,
                            deadline,
                            _ -> store.requests().bytes(key, range),
                            response -> opened(response, range)));
    return switch (opened) {
      case Coming(var download) -> Optional.of(download);
      case NoObject() -> Optional.empty();
      case Beyond() -> nothing();
    };
  }

  private Opened opened(HttpResponse response, ByteRange range) throws IOException {
    var request = store.request(Operation.GET);
    int status = response.getStatusCode();
    if (status == 200 || status == 206) {
      var opening = new GcsOpening(store.gate(), request, key, range);
      return new Coming(opening.download(response, deadline));
    }
    var answer = GcsAnswer.of(response);
    return switch (status) {
      case 404 -> {
        GcsErrors.requireBucket(request, store.place().bucket(), answer);
        yield new NoObject();
      }
      case 416 -> new Beyond();
      default -> throw GcsErrors.of(request, store.place().bucket(), answer);
    };
  }

  /** Returns a download without bytes of the object, if it is there. */
  private Optional<Download> nothing() {
    return stat(Operation.GET)
        .map(info -> new GcsNothing(store.gate(), store.request(Operation.READ), info, deadline));
  }
}
