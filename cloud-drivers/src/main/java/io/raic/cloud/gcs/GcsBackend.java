package io.raic.cloud.gcs;

import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import com.google.api.services.storage.model.TestIamPermissionsResponse;
import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Capacity;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Page;
import io.raic.cloud.Precondition;
import io.raic.cloud.Request;
import io.raic.cloud.Traits;
import io.raic.cloud.Upload;
import io.raic.cloud.call.Gate;
import io.raic.cloud.call.Retrier;
import io.raic.cloud.parts.PartedUpload;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** A bucket, or what is below a prefix in one. A version is the generation of an object. */
final class GcsBackend implements CloudBackend {
  /** What the service takes; also more than any range it can be asked for. */
  private static final long MAX_OBJECT_BYTES = 5L << 40;

  private static final int MAX_PAGE = 1000;
  private static final int MAX_PAGE_TOKEN = 8192;
  private static final Pattern GENERATION = Pattern.compile("[1-9][0-9]{0,17}");

  /** Nothing else begins a key. */
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._/-]*");

  private final String id;
  private final GcsPlace place;
  private final GcsCredentials credentials;
  private final Gate gate;
  private final Retrier retrier = new Retrier();
  private final GcsHttp http;
  private final GcsRequests requests;

  GcsBackend(String id, GcsPlace place, GcsCredentials credentials) {
    this.id = id;
    this.place = place;
    this.credentials = credentials;
    this.gate = new Gate(id);
    var transport = new NetHttpTransport();
    this.http = new GcsHttp(id, gate, new GcsTokens(credentials, transport));
    this.requests = new GcsRequests(place, transport);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String location() {
    return place.location();
  }

  @Override
  public Traits traits() {
    return new Traits(true, true, MAX_OBJECT_BYTES, GcsDriver.PART_BYTES);
  }

  @Override
  public Optional<Instant> credentialsEnd() {
    return credentials.end();
  }

  Gate gate() {
    return gate;
  }

  Retrier retrier() {
    return retrier;
  }

  GcsHttp http() {
    return http;
  }

  GcsRequests requests() {
    return requests;
  }

  GcsPlace place() {
    return place;
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    if (length < 0) {
      throw new IllegalArgumentException("an object of %d bytes".formatted(length));
    }
    gate.enter(Operation.BEGIN, deadline);
    if (length > MAX_OBJECT_BYTES) {
      throw new BackendException.OutOfSpace(
          Request.of(id, Operation.BEGIN), "an object has 5 TiB at most");
    }
    var target = new GcsTarget(this, key, length, generation(precondition));
    return new PartedUpload(id, length, GcsDriver.PART_BYTES, deadline, target);
  }

  private OptionalLong generation(Precondition precondition) {
    return switch (precondition) {
      case Precondition.None() -> OptionalLong.empty();
      case Precondition.Absent() -> OptionalLong.of(0);
      case Precondition.Matches(var version) -> {
        if (!GENERATION.matcher(version.text()).matches()) {
          throw new BackendException.PreconditionFailed(
              Request.of(id, Operation.BEGIN), "no object here has such a version");
        }
        yield OptionalLong.of(Long.parseLong(version.text()));
      }
    };
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    if (range.start() == range.end() || range.start() > MAX_OBJECT_BYTES) {
      return nothingOf(key, deadline);
    }
    return retrier
        .call(
            deadline,
            _ ->
                http.exchange(
                    Operation.GET,
                    deadline,
                    _ -> requests.bytes(key, range),
                    response -> opened(key, range, deadline, response)))
        .orElseGet(() -> nothingOf(key, deadline));
  }

  /** Returns a download without bytes of an object that is there. */
  private Optional<Download> nothingOf(ObjectKey key, Deadline deadline) {
    return stat(Operation.GET, key, deadline)
        .map(info -> new GcsNothing(gate, Request.of(id, Operation.READ), info, deadline));
  }

  /** Returns the download, or that there is no object; empty if it ends before the range. */
  private Optional<Optional<Download>> opened(
      ObjectKey key, ByteRange range, Deadline deadline, HttpResponse response) throws IOException {
    int status = response.getStatusCode();
    if (status == 200 || status == 206) {
      var opening = new GcsOpening(gate, Request.of(id, Operation.GET), key, range);
      return Optional.of(Optional.of(opening.download(response, deadline)));
    }
    var answer = GcsAnswer.of(response);
    if (status == 404 && !GcsErrors.isBucketMissing(answer)) {
      return Optional.of(Optional.empty());
    }
    if (status == 416) {
      return Optional.empty();
    }
    throw GcsErrors.of(Request.of(id, Operation.GET), place.bucket(), answer);
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    return stat(Operation.STAT, key, deadline);
  }

  private Optional<ObjectInfo> stat(Operation operation, ObjectKey key, Deadline deadline) {
    var request = Request.of(id, operation);
    return retrier.call(
        deadline,
        _ -> {
          var answer = http.exchange(operation, deadline, _ -> requests.stat(key), GcsAnswer::of);
          if (answer.status() == 404 && !GcsErrors.isBucketMissing(answer)) {
            return Optional.empty();
          }
          requireOk(request, answer);
          return Optional.of(
              place
                  .info(answer.json(StorageObject.class, request))
                  .filter(info -> info.key().equals(key))
                  .orElseThrow(() ->
                      new BackendException.Unavailable(request, "an answer that makes no sense")));
        });
  }

  private void requireOk(Request request, GcsAnswer answer) {
    if (answer.status() != 200) {
      throw GcsErrors.of(request, place.bucket(), answer);
    }
  }

  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of %d objects".formatted(limit));
    }
    gate.enter(Operation.LIST, deadline);
    if (!PREFIX.matcher(prefix).matches()) {
      return new Page(List.of(), Optional.empty());
    }
    var request = Request.of(id, Operation.LIST);
    return retrier.call(
        deadline,
        _ -> {
          var answer =
              http.exchange(
                  Operation.LIST,
                  deadline,
                  _ -> requests.list(prefix, after, Math.min(limit, MAX_PAGE)),
                  GcsAnswer::of);
          requireOk(request, answer);
          return page(request, answer.json(Objects.class, request), after);
        });
  }

  private Page page(Request request, Objects listed, Optional<String> after) {
    var next = Optional.ofNullable(listed.getNextPageToken()).filter(token -> !token.isEmpty());
    if (next.filter(token -> token.length() > MAX_PAGE_TOKEN).isPresent()
        || (next.isPresent() && next.equals(after))) {
      throw new BackendException.Unavailable(request, "a listing that does not go on");
    }
    var infos = new ArrayList<ObjectInfo>();
    if (listed.getItems() != null) {
      // What somebody else put there is not of this store.
      listed.getItems().forEach(object -> place.info(object).ifPresent(infos::add));
    }
    return new Page(infos, next);
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    var request = Request.of(id, Operation.DELETE);
    return retrier.call(
        deadline,
        number -> {
          var answer =
              http.exchange(Operation.DELETE, deadline, _ -> requests.delete(key), GcsAnswer::of);
          return switch (answer.status()) {
            case 200, 204 -> true;
            case 404 -> {
              if (GcsErrors.isBucketMissing(answer)) {
                throw GcsErrors.of(request, place.bucket(), answer);
              }
              // After a lost answer it was most likely this call that removed it.
              yield number > 1;
            }
            default -> throw GcsErrors.of(request, place.bucket(), answer);
          };
        });
  }

  @Override
  public void probe(Deadline deadline) {
    if (credentials instanceof GcsCredentials.None) {
      // Emulators know no permissions.
      list("", Optional.empty(), 1, deadline);
      return;
    }
    var request = Request.of(id, Operation.PROBE);
    var granted =
        retrier.call(
            deadline,
            _ -> {
              var answer =
                  http.exchange(
                      Operation.PROBE, deadline, _ -> requests.permissions(), GcsAnswer::of);
              requireOk(request, answer);
              return answer.json(TestIamPermissionsResponse.class, request);
            });
    var missing = new ArrayList<>(GcsRequests.PERMISSIONS);
    missing.removeAll(Optional.ofNullable(granted.getPermissions()).orElse(List.of()));
    if (!missing.isEmpty()) {
      throw new BackendException.AccessDenied(
          request,
          "on bucket %s it lacks %s".formatted(place.bucket(), String.join(", ", missing)));
    }
  }

  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    gate.enter(Operation.CAPACITY, deadline);
    return Optional.empty();
  }

  @Override
  public void close() {
    gate.close();
  }
}
