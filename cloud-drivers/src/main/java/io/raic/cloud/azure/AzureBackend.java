package io.raic.cloud.azure;

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
import java.util.Map;
import java.util.Optional;

/** A store in a container of an Azure storage account: each object is a block blob. */
public final class AzureBackend implements CloudBackend {
  /** The bytes of a part, of an object that does not need longer ones. */
  public static final int PART_BYTES = 4 << 20;

  /** The bytes of the parts of the longest objects. */
  static final int MAX_PART_BYTES = 16 << 20;

  /** How many blocks a blob has at most. */
  static final int MAX_PARTS = 50_000;

  static final PartSizes PARTS = new PartSizes(PART_BYTES, MAX_PART_BYTES, MAX_PARTS);

  private static final Traits TRAITS =
      new Traits(true, true, (long) MAX_PARTS * MAX_PART_BYTES, PARTS);

  /** No key begins with a dot, so this is no object of anybody. */
  private static final String PROBE_NAME = ".raic-probe";

  private final String id;
  private final String location;
  private final AzureClient client;
  private final AzurePlace place;
  private final AzureReads reads;
  private final AzureListing listing;

  AzureBackend(String id, String location, AzureClient client, AzurePlace place) {
    this.id = id;
    this.location = location;
    this.client = client;
    this.place = place;
    this.reads = new AzureReads(client, place);
    this.listing = new AzureListing(client, place);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public Optional<Instant> credentialsEnd() {
    return client.credential().end();
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    client.enter(Operation.BEGIN, deadline);
    if (length > TRAITS.maxObjectBytes()) {
      throw new IllegalArgumentException(
          "an object of %d bytes, where %d are the most"
              .formatted(length, TRAITS.maxObjectBytes()));
    }
    if (precondition instanceof Precondition.Matches(var version)
        && AzureAnswer.version(version.text()).isEmpty()) {
      throw new BackendException.PreconditionFailed(
          Request.of(id, Operation.BEGIN), "no version has such a name");
    }
    var target = new AzureUpload(client, place, key, length, precondition);
    return new PartedUpload(id, length, PARTS.bytesFor(length), deadline, target);
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    return client
        .retrying(
            Operation.GET,
            deadline,
            _ -> reads.open(Operation.GET, key, range, Optional.empty(), deadline))
        .map(opened -> new AzureDownload(reads, id, opened, deadline));
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    return client.retrying(
        Operation.STAT, deadline, _ -> reads.stat(Operation.STAT, key, deadline));
  }

  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of %d objects".formatted(limit));
    }
    client.enter(Operation.LIST, deadline);
    return listing.list(prefix, after, limit, deadline);
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    var request =
        AzureRequest.of(Operation.DELETE, "DELETE", place.path(key))
            .withHeaders(Map.of("x-ms-delete-snapshots", "include"));
    return client.retrying(
        Operation.DELETE,
        deadline,
        number -> {
          try (var answer = client.send(request, deadline)) {
            if (answer.isAbsence()) {
              // The attempt before may have removed it, and only its answer been lost.
              return number > 1;
            }
            if (!answer.isSuccess()) {
              throw client.error(answer);
            }
            return true;
          }
        });
  }

  /** Lists one blob, and tries to replace one that is not there: Azure asks for the right first. */
  @Override
  public void probe(Deadline deadline) {
    listing.probe(deadline);
    var request =
        AzureRequest.of(Operation.PROBE, "PUT", "/" + place.prefix() + PROBE_NAME)
            .withHeaders(Map.of("x-ms-blob-type", "BlockBlob", "If-Match", "\"0x0\""));
    client.call(
        request,
        deadline,
        answer -> {
          if (answer.status() != 412) {
            throw answer.isSuccess()
                ? answer.corrupt("a precondition that does not hold was not looked at")
                : client.error(answer);
          }
          return true;
        });
  }

  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    client.enter(Operation.CAPACITY, deadline);
    return Optional.empty();
  }

  @Override
  public void close() {
    client.close();
  }
}
