package io.raic.cloud.gcs;

import com.google.api.services.storage.model.Objects;
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
import io.raic.cloud.PartSizes;
import io.raic.cloud.Precondition;
import io.raic.cloud.Request;
import io.raic.cloud.Traits;
import io.raic.cloud.Upload;
import io.raic.cloud.parts.PartedUpload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** A bucket, or what is below a prefix in one. A version is the generation of an object. */
final class GcsBackend implements CloudBackend {
  /** What the service takes; also more than any range it can be asked for. */
  static final long MAX_OBJECT_BYTES = 5L << 40;

  private static final int MAX_PAGE = 1000;
  private static final int MAX_PAGE_TOKEN = 8192;
  private static final Pattern GENERATION = Pattern.compile("[1-9][0-9]{0,17}");

  /** Nothing else begins a key. */
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._/-]*");

  private final GcsStore store;
  private final GcsCredentials credentials;

  GcsBackend(String id, GcsPlace place, GcsCredentials credentials) {
    this.store = GcsStore.of(id, place, credentials);
    this.credentials = credentials;
  }

  @Override
  public String id() {
    return store.id();
  }

  @Override
  public String location() {
    return store.place().location();
  }

  @Override
  public Traits traits() {
    return new Traits(true, true, MAX_OBJECT_BYTES, PartSizes.always(GcsDriver.PART_BYTES));
  }

  @Override
  public Optional<Instant> credentialsEnd() {
    return credentials.end();
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    if (length < 0) {
      throw new IllegalArgumentException("an object of %d bytes".formatted(length));
    }
    store.gate().enter(Operation.BEGIN, deadline);
    if (length > MAX_OBJECT_BYTES) {
      throw new BackendException.OutOfSpace(
          store.request(Operation.BEGIN), "an object has 5 TiB at most");
    }
    var target = new GcsTarget(store, key, length, generation(precondition));
    return new PartedUpload(store.id(), length, GcsDriver.PART_BYTES, deadline, target);
  }

  private OptionalLong generation(Precondition precondition) {
    return switch (precondition) {
      case Precondition.None() -> OptionalLong.empty();
      case Precondition.Absent() -> OptionalLong.of(0);
      case Precondition.Matches(var version) -> {
        if (!GENERATION.matcher(version.text()).matches()) {
          throw new BackendException.PreconditionFailed(
              store.request(Operation.BEGIN), "no object here has such a version");
        }
        yield OptionalLong.of(Long.parseLong(version.text()));
      }
    };
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    return new GcsReading(store, key, deadline).open(range);
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    return new GcsReading(store, key, deadline).stat(Operation.STAT);
  }

  private void requireOk(Request request, GcsAnswer answer) {
    if (answer.status() != 200) {
      throw GcsErrors.of(request, store.place().bucket(), answer);
    }
  }

  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of %d objects".formatted(limit));
    }
    store.gate().enter(Operation.LIST, deadline);
    if (!PREFIX.matcher(prefix).matches()) {
      return new Page(List.of(), Optional.empty());
    }
    var request = store.request(Operation.LIST);
    return store
        .retrier()
        .call(
            deadline,
            _ -> {
              var answer =
                  store
                      .http()
                      .exchange(
                          Operation.LIST,
                          deadline,
                          _ -> store.requests().list(prefix, after, Math.min(limit, MAX_PAGE)),
                          GcsAnswer::of);
              requireOk(request, answer);
              return page(request, prefix, answer.json(Objects.class, request), after);
            });
  }

  private static void add(Request request, String prefix, List<ObjectInfo> infos, ObjectInfo info) {
    if (!info.key().text().startsWith(prefix)
        || (!infos.isEmpty() && infos.getLast().key().compareTo(info.key()) >= 0)) {
      throw new BackendException.Corrupt(request, "a listing of other names, or out of order");
    }
    infos.add(info);
  }

  private Page page(Request request, String prefix, Objects listed, Optional<String> after) {
    var next = Optional.ofNullable(listed.getNextPageToken()).filter(token -> !token.isEmpty());
    if (next.filter(token -> token.length() > MAX_PAGE_TOKEN).isPresent()
        || (next.isPresent() && next.equals(after))) {
      throw new BackendException.Unavailable(request, "a listing that does not go on");
    }
    var infos = new ArrayList<ObjectInfo>();
    if (listed.getItems() != null) {
      for (var object : listed.getItems()) {
        // What somebody else put there is not of this store.
        store.place().info(object).ifPresent(info -> add(request, prefix, infos, info));
      }
    }
    return new Page(infos, next);
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    var request = store.request(Operation.DELETE);
    return store
        .retrier()
        .call(
            deadline,
            number -> {
              var answer =
                  store
                      .http()
                      .exchange(
                          Operation.DELETE,
                          deadline,
                          _ -> store.requests().delete(key),
                          GcsAnswer::of);
              return switch (answer.status()) {
                case 200, 204 -> true;
                case 404 -> {
                  GcsErrors.requireBucket(request, store.place().bucket(), answer);
                  // After a lost answer it was most likely this call that removed it.
                  yield number > 1;
                }
                default -> throw GcsErrors.of(request, store.place().bucket(), answer);
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
    var request = store.request(Operation.PROBE);
    var granted =
        store
            .retrier()
            .call(
                deadline,
                _ -> {
                  var answer =
                      store
                          .http()
                          .exchange(
                              Operation.PROBE,
                              deadline,
                              _ -> store.requests().permissions(),
                              GcsAnswer::of);
                  requireOk(request, answer);
                  return answer.json(TestIamPermissionsResponse.class, request);
                });
    var missing = new ArrayList<>(GcsRequests.PERMISSIONS);
    missing.removeAll(Optional.ofNullable(granted.getPermissions()).orElse(List.of()));
    if (!missing.isEmpty()) {
      throw new BackendException.AccessDenied(
          request,
          "on bucket %s it lacks %s".formatted(store.place().bucket(), String.join(", ", missing)));
    }
  }

  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    store.gate().enter(Operation.CAPACITY, deadline);
    return Optional.empty();
  }

  @Override
  public void close() {
    store.gate().close();
  }
}
