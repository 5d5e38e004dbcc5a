package io.raic.cloud.gcs;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.services.storage.model.StorageObject;
import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.parts.PartTarget.Part;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * An upload in parts, which knows what it has: a part that failed goes on from there.
 *
 * <p>Whoever knows its address can write to it, so the address is in no error.
 */
final class GcsSession {
  /** How a session stands. */
  sealed interface Standing {}

  /**
   * It wants more.
   *
   * @param persisted bytes of the object that it has
   */
  record Open(long persisted) implements Standing {}

  /**
   * The object is there.
   *
   * @param object as the service describes it
   */
  record Done(StorageObject object) implements Standing {}

  /** It is over, and what it had is lost. */
  record Gone() implements Standing {}

  private static final Pattern RANGE = Pattern.compile("bytes=0-(\\d{1,18})");
  private static final Duration CANCEL = Duration.ofSeconds(10);

  private final GcsStore store;
  private final GenericUrl url;

  /**
   * Takes a session over.
   *
   * @param location as the service gave it
   * @throws IllegalArgumentException if that is no address
   */
  GcsSession(GcsStore store, String location) {
    this.store = store;
    // Bytes and tokens go to the endpoint only, whatever host an answer names.
    var named = URI.create(location);
    if (named.getRawPath() == null || named.getRawQuery() == null) {
      throw new IllegalArgumentException("no address of a session");
    }
    this.url =
        new GenericUrl(
            store
                .place()
                .endpoint()
                .resolve(named.getRawPath() + "?" + named.getRawQuery())
                .toString(),
            true);
  }

  /**
   * Sends a part from its byte {@code from} on.
   *
   * @param total bytes of the object, if this is the last part
   * @param hash of the whole object, likewise
   */
  Standing send(
      Operation operation,
      Deadline deadline,
      Part part,
      int from,
      OptionalLong total,
      Optional<String> hash) {
    return standing(
        operation,
        deadline,
        watch -> hashed(store.requests().send(url.clone(), part, from, total, watch), hash));
  }

  /** Asks how it stands; what has all its bytes becomes an object by that. */
  Standing ask(Operation operation, Deadline deadline, OptionalLong total, Optional<String> hash) {
    return standing(
        operation, deadline, _ -> hashed(store.requests().ask(url.clone(), total), hash));
  }

  private static HttpRequest hashed(HttpRequest request, Optional<String> hash) {
    hash.ifPresent(crc -> request.getHeaders().set("X-Goog-Hash", "crc32c=" + crc));
    return request;
  }

  private Standing standing(Operation operation, Deadline deadline, GcsHttp.Build build) {
    var request = store.request(operation);
    var answer = store.http().exchange(operation, deadline, build, GcsAnswer::of);
    return switch (answer.status()) {
      case 200, 201 -> new Done(answer.json(StorageObject.class, request));
      case 308 -> new Open(persisted(answer, request));
      case 404, 410, 499 -> new Gone();
      default -> throw GcsErrors.of(request, store.place().bucket(), answer);
    };
  }

  private static long persisted(GcsAnswer answer, Request request) {
    if (answer.range().isEmpty()) {
      return 0;
    }
    var matcher = RANGE.matcher(answer.range().orElseThrow());
    if (!matcher.matches()) {
      throw new BackendException.Unavailable(request, "an upload session that makes no sense");
    }
    return Long.parseLong(matcher.group(1)) + 1;
  }

  /** Gives it up. Does not fail: a session that is left alone ends by itself after a week. */
  void cancel() {
    var cancelling =
        Thread.ofVirtual()
            .name("gcs-cancel")
            .start(() -> {
              try {
                // The store may be closed by now.
                store
                    .http()
                    .afterClose()
                    .exchange(
                        Operation.WRITE,
                        Deadline.in(CANCEL),
                        _ -> store.requests().cancel(url.clone()),
                        GcsAnswer::of);
              } catch (BackendException _) {
                // Nobody wants it, and nobody can see it.
              }
            });
    try {
      cancelling.join(CANCEL);
    } catch (InterruptedException _) {
      // It goes on without this thread.
      Thread.currentThread().interrupt();
    }
  }
}
