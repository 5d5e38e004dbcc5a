package io.raic.cloud.gcs;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.model.StorageObject;
import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.parts.PartTarget;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Where the parts of an object go: a short one in one request, a long one to a session.
 *
 * <p>The service compares the bytes with their CRC32C before the object is visible. A refusal after
 * a lost answer may mean that the write itself was the one before, so each write has an id, which
 * stands in the metadata.
 */
final class GcsTarget implements PartTarget {
  /** The name of the write's id in the object's metadata. */
  static final String WRITE_ID = "raic-write";

  private final GcsStore store;
  private final ObjectKey key;
  private final long length;
  private final OptionalLong generation;
  private final String writeId = UUID.randomUUID().toString();
  private final CRC32C crc = new CRC32C();
  private boolean mayBeWritten;
  private Optional<GcsSession> session = Optional.empty();

  /**
   * Makes a target.
   *
   * @param generation that is replaced; 0 if nothing must be there, empty for whatever is there
   */
  GcsTarget(GcsStore store, ObjectKey key, long length, OptionalLong generation) {
    this.store = store;
    this.key = key;
    this.length = length;
    this.generation = generation;
  }

  @Override
  public void enter(Operation operation, Deadline deadline) {
    store.gate().enter(operation, deadline);
  }

  private StorageObject description() {
    var object =
        new StorageObject()
            .setName(store.place().name(key))
            .setContentType("application/octet-stream")
            .setMetadata(Map.of(WRITE_ID, writeId));
    store.place().storageClass().ifPresent(object::setStorageClass);
    object.setFactory(GsonFactory.getDefaultInstance());
    return object;
  }

  private String hash() {
    return GcsChecksum.text(crc);
  }

  @Override
  public ObjectInfo putWhole(Part whole, Deadline deadline) {
    crc.update(whole.data(), 0, whole.length());
    var description = description().setCrc32c(hash());
    return store
        .retrier()
        .call(
            deadline,
            number -> {
              try {
                return insert(description, whole, number, deadline);
              } catch (BackendException.Unavailable e) {
                mayBeWritten = true;
                throw e;
              }
            });
  }

  private ObjectInfo insert(StorageObject description, Part whole, int number, Deadline deadline) {
    var request = store.request(Operation.COMMIT);
    var answer =
        store
            .http()
            .exchange(
                Operation.COMMIT,
                deadline,
                watch -> store.requests().insert(description, generation, whole, watch),
                GcsAnswer::of);
    return switch (answer.status()) {
      case 200, 201 -> written(answer.json(StorageObject.class, request));
      case 412 -> writtenBefore(number, answer, deadline);
      default -> throw GcsErrors.of(request, store.place().bucket(), answer);
    };
  }

  /** Returns the object if an attempt before this one made it, whose answer was lost. */
  private ObjectInfo writtenBefore(int number, GcsAnswer refusal, Deadline deadline) {
    var request = store.request(Operation.COMMIT);
    if (number > 1) {
      var answer =
          store
              .http()
              .exchange(
                  Operation.COMMIT,
                  deadline,
                  _ -> store.requests().statOfWrite(key),
                  GcsAnswer::of);
      switch (answer.status()) {
        case 200 -> {
          var there = answer.json(StorageObject.class, request);
          var metadata = there.getMetadata();
          if (metadata != null && writeId.equals(metadata.get(WRITE_ID))) {
            return written(there);
          }
        }
        case 404 -> {}
        default -> throw GcsErrors.of(request, store.place().bucket(), answer);
      }
      if (mayBeWritten && generation.orElse(0) > 0) {
        // An attempt before may have done its work, and somebody built on that. Where nothing was
        // to be there, it is true in any case that something is.
        throw new BackendException.Unavailable(
            request, "an answer was lost, and others have written since");
      }
    }
    throw GcsErrors.of(request, store.place().bucket(), refusal);
  }

  /** Returns what the service says of the object, which must be what was sent. */
  private ObjectInfo written(StorageObject object) {
    return store
        .place()
        .info(object)
        .filter(info -> info.key().equals(key) && info.size() == length)
        .filter(_ -> hash().equals(object.getCrc32c()))
        .orElseThrow(() ->
            new BackendException.Corrupt(
                store.request(Operation.COMMIT), "what was stored is not what was sent"));
  }

  @Override
  public void putPart(Part part, Deadline deadline) {
    crc.update(part.data(), 0, part.length());
    var open = session.orElseGet(() -> begin(deadline));
    session = Optional.of(open);
    var standing =
        send(open, Operation.WRITE, deadline, part, OptionalLong.empty(), Optional.empty());
    switch (standing) {
      case GcsSession.Open _ -> {}
      case GcsSession.Done _, GcsSession.Gone() -> throw gone(Operation.WRITE);
    }
  }

  @Override
  public ObjectInfo complete(Part last, Deadline deadline) {
    crc.update(last.data(), 0, last.length());
    var standing =
        send(
            session.orElseThrow(),
            Operation.COMMIT,
            deadline,
            last,
            OptionalLong.of(length),
            Optional.of(hash()));
    return switch (standing) {
      case GcsSession.Done(var object) -> written(object);
      case GcsSession.Open _, GcsSession.Gone() -> throw gone(Operation.COMMIT);
    };
  }

  private BackendException gone(Operation operation) {
    return new BackendException.Unavailable(
        store.request(operation), "the service has lost the upload");
  }

  private GcsSession begin(Deadline deadline) {
    var request = store.request(Operation.WRITE);
    return store
        .retrier()
        .call(
            deadline,
            _ -> {
              var answer =
                  store
                      .http()
                      .exchange(
                          Operation.WRITE,
                          deadline,
                          _ -> store.requests().begin(description(), generation, length),
                          GcsAnswer::of);
              if (answer.status() != 200 && answer.status() != 201) {
                throw GcsErrors.of(request, store.place().bucket(), answer);
              }
              try {
                return new GcsSession(store, answer.location().orElse(""));
              } catch (IllegalArgumentException _) {
                throw new BackendException.Unavailable(
                    request, "an upload session without an address");
              }
            });
  }

  /** Sends a part until the session has all of it; an attempt that failed goes on where it was. */
  private GcsSession.Standing send(
      GcsSession open,
      Operation operation,
      Deadline deadline,
      Part part,
      OptionalLong total,
      Optional<String> hash) {
    return store
        .retrier()
        .call(
            deadline,
            number -> {
              GcsSession.Standing standing =
                  number == 1
                      ? new GcsSession.Open(part.offset())
                      : open.ask(operation, deadline, total, hash);
              // Each turn moves on by a byte at least.
              while (standing instanceof GcsSession.Open(long persisted)) {
                int from = Math.clamp(persisted - part.offset(), -1, part.length());
                if (from < 0) {
                  return new GcsSession.Gone();
                }
                if (from == part.length()) {
                  return standing;
                }
                standing = open.send(operation, deadline, part, from, total, hash);
                if (standing instanceof GcsSession.Open(long now) && now <= persisted) {
                  throw new BackendException.Unavailable(
                      store.request(operation), "the upload does not move on");
                }
              }
              return standing;
            });
  }

  @Override
  public void abandon() {
    session.ifPresent(GcsSession::cancel);
  }
}
