package io.raic.cloud.azure;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import io.raic.cloud.parts.PartTarget;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes one blob: in one request if it is one part, else in blocks that a list then makes a blob.
 *
 * <p>Each write has an id, which stands in the blob's metadata and at the head of the names of its
 * blocks. By the first, a write whose answer was lost finds out that it was done after all; by the
 * second, writers of one name do not mix their blocks. All bytes go with the CRC-64 that the
 * service checks before it takes them.
 *
 * <p>Blocks that no list names are not visible, and the service removes them after a week, or when
 * the blob is written. There is no request that removes them without writing it, so abandoning does
 * nothing.
 */
final class AzureUpload implements PartTarget {
  private static final String WRITE_ID = "x-ms-meta-raicwrite";
  private static final int WRITE_ID_BYTES = 16;

  private final AzureClient client;
  private final AzurePlace place;
  private final ObjectKey key;
  private final long length;
  private final Precondition precondition;
  private final String writeId;

  /** Whether the blob may have been made without a word of it. Of the thread that commits. */
  private boolean isUnheard;

  AzureUpload(
      AzureClient client, AzurePlace place, ObjectKey key, long length, Precondition precondition) {
    this.client = client;
    this.place = place;
    this.key = key;
    this.length = length;
    this.precondition = precondition;
    var id = new byte[WRITE_ID_BYTES];
    ThreadLocalRandom.current().nextBytes(id);
    this.writeId = HexFormat.of().formatHex(id);
  }

  @Override
  public void enter(Operation operation, Deadline deadline) {
    client.enter(operation, deadline);
  }

  @Override
  public ObjectInfo putWhole(Part whole, Deadline deadline) {
    var headers = headersOfBlob();
    headers.put("x-ms-blob-type", "BlockBlob");
    headers.putAll(place.checksum(whole.data(), whole.length()));
    var request =
        AzureRequest.of(Operation.COMMIT, "PUT", place.path(key))
            .withHeaders(headers)
            .sending(bytes(whole));
    return commit(request, deadline);
  }

  @Override
  public void putPart(Part part, Deadline deadline) {
    putBlock(Operation.WRITE, part, deadline);
  }

  private void putBlock(Operation operation, Part part, Deadline deadline) {
    var request =
        AzureRequest.of(operation, "PUT", place.path(key))
            .withQuery(Map.of("comp", "block", "blockid", block(part.number())))
            .withHeaders(place.checksum(part.data(), part.length()))
            .sending(bytes(part));
    client.call(
        request,
        deadline,
        answer -> {
          if (!answer.isSuccess()) {
            throw client.error(answer);
          }
          return true;
        });
  }

  @Override
  public ObjectInfo complete(Part last, Deadline deadline) {
    putBlock(Operation.COMMIT, last, deadline);
    var list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
    for (int number = 0; number <= last.number(); number++) {
      list.append("<Latest>").append(block(number)).append("</Latest>");
    }
    byte[] xml = list.append("</BlockList>").toString().getBytes(StandardCharsets.US_ASCII);
    var request =
        AzureRequest.of(Operation.COMMIT, "PUT", place.path(key))
            .withQuery(Map.of("comp", "blocklist"))
            .withHeaders(headersOfBlob())
            .sending(new SentBytes(xml, xml.length, _ -> {}));
    // Listed blocks are found among those of the blob too, so that making it twice is no mistake.
    return commit(request, deadline);
  }

  @Override
  public void abandon() {
    // The service forgets blocks that no list names.
  }

  /** Returns the name of a block: hexadecimal digits, as many in each, which are Base64 too. */
  private String block(int number) {
    return "%s%08x".formatted(writeId, number);
  }

  private Map<String, String> headersOfBlob() {
    var headers = new HashMap<String, String>();
    headers.put(WRITE_ID, writeId);
    headers.put("x-ms-blob-content-type", "application/octet-stream");
    place.accessTier().ifPresent(tier -> headers.put("x-ms-access-tier", tier));
    switch (precondition) {
      case Precondition.None() -> {}
      case Precondition.Absent() -> headers.put("If-None-Match", "*");
      case Precondition.Matches(var version) ->
          headers.put("If-Match", "\"%s\"".formatted(version.text()));
    }
    return headers;
  }

  private static SentBytes bytes(Part part) {
    return new SentBytes(part.data(), part.length(), part.progress()::sent);
  }

  private ObjectInfo commit(AzureRequest request, Deadline deadline) {
    return client
        .retrying(
            Operation.COMMIT, deadline, number -> made(sent(request, deadline), number, deadline))
        .orElseThrow(() -> overtaken(deadline));
  }

  private AzureAnswer sent(AzureRequest request, Deadline deadline) {
    try {
      return client.send(request, deadline);
    } catch (BackendException.Unavailable e) {
      isUnheard = true;
      throw e;
    }
  }

  /**
   * Returns what was written; empty if the blocks are there no more, or others wrote while it is
   * not known whether this was done.
   *
   * @param number of the attempt: what one after the first hears may be what the one before did
   */
  private Optional<ObjectInfo> made(AzureAnswer answer, int number, Deadline deadline) {
    if (answer.isSuccess()) {
      return Optional.of(answer.info(key, length));
    }
    boolean hasLostBlocks = answer.code().equals("InvalidBlockList");
    var error = client.error(answer);
    isUnheard |=
        error instanceof BackendException.Unavailable || answer.code().equals("OperationTimedOut");
    if (hasLostBlocks || (number > 1 && error instanceof BackendException.PreconditionFailed)) {
      var own = there(deadline).filter(There::isThisWrite).map(There::info);
      if (own.isPresent() || hasLostBlocks || isUnheard) {
        return own;
      }
    }
    throw error;
  }

  /** Another write of the same name has ended, and the service has dropped all other blocks. */
  private BackendException overtaken(Deadline deadline) {
    var request = client.named(Operation.COMMIT);
    if (isUnheard) {
      // What stands there may have taken the place of this very write.
      return new BackendException.Unavailable(
          request, "an answer was lost, and others have written since");
    }
    var there = there(deadline).map(There::info);
    boolean holds =
        switch (precondition) {
          case Precondition.None() -> true;
          case Precondition.Absent() -> there.isEmpty();
          case Precondition.Matches(var version) ->
              there.filter(info -> info.version().equals(version)).isPresent();
        };
    return holds
        ? new BackendException.Unavailable(
            request, "another write of the object has taken this one's blocks away")
        : new BackendException.PreconditionFailed(
            request, "another write of the object was done first");
  }

  private record There(ObjectInfo info, boolean isThisWrite) {}

  private Optional<There> there(Deadline deadline) {
    try (var answer =
        client.send(AzureRequest.of(Operation.COMMIT, "HEAD", place.path(key)), deadline)) {
      if (answer.isAbsence()) {
        return Optional.empty();
      }
      if (!answer.isSuccess()) {
        throw client.error(answer);
      }
      var info = answer.info(key, answer.length());
      boolean isThis =
          answer.header(WRITE_ID).equals(Optional.of(writeId)) && info.size() == length;
      return Optional.of(new There(info, isThis));
    }
  }
}
