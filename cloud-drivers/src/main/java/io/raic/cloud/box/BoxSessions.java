package io.raic.cloud.box;

import com.box.sdkgen.managers.chunkeduploads.ChunkedUploadsManager;
import com.box.sdkgen.managers.chunkeduploads.CreateFileUploadSessionForExistingFileRequestBody;
import com.box.sdkgen.managers.chunkeduploads.CreateFileUploadSessionRequestBody;
import com.box.sdkgen.managers.chunkeduploads.GetFileUploadSessionPartsByUrlQueryParams;
import com.box.sdkgen.managers.chunkeduploads.UploadFilePartByUrlHeaders;
import com.box.sdkgen.networking.fetchoptions.FetchOptions;
import com.box.sdkgen.networking.network.NetworkSession;
import com.box.sdkgen.schemas.files.Files;
import com.box.sdkgen.schemas.uploadpart.UploadPart;
import com.box.sdkgen.schemas.uploadsession.UploadSession;
import com.box.sdkgen.serialization.json.JsonManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/** The calls of upload sessions. */
final class BoxSessions {
  /** Box makes parts of 8 MiB, and longer ones of very long files. */
  private static final long MIN_PART_BYTES = 1 << 16;

  private static final long MAX_PART_BYTES = 1 << 27;

  /**
   * A session.
   *
   * @param partBytes of each part but the last one
   * @param part where parts go, and where it is abandoned
   * @param parts where they are listed
   * @param commit where it is ended
   */
  record Session(int partBytes, String part, String parts, String commit) {}

  /**
   * What ends a session.
   *
   * @param parts all of them, in their order
   * @param mark to know the write by; its SHA-1 is that of the whole
   * @param digest of the whole, as it stands in a header
   * @param ifMatch the etag that the file must have, if any
   */
  record Ending(List<UploadPart> parts, WriteMark mark, String digest, Optional<String> ifMatch) {}

  private final BoxCalls calls;
  private final NetworkSession network;
  private final ChunkedUploadsManager uploads;

  BoxSessions(BoxCalls calls, NetworkSession network) {
    this.calls = calls;
    this.network = network;
    this.uploads = new ChunkedUploadsManager.Builder().networkSession(network).build();
  }

  /** Begins a file. */
  Session create(String folder, String name, long size, Deadline deadline) {
    var body = new CreateFileUploadSessionRequestBody(folder, size, name);
    return calls.upload(
        Operation.WRITE,
        deadline,
        BoxCall.UNHEARD,
        _ -> session(uploads.createFileUploadSession(body)));
  }

  /** Begins a new version of a file. */
  Session replace(String id, long size, Deadline deadline) {
    var body = new CreateFileUploadSessionForExistingFileRequestBody(size);
    return calls.upload(
        Operation.WRITE,
        deadline,
        BoxCall.UNHEARD,
        _ -> session(uploads.createFileUploadSessionForExistingFile(id, body)));
  }

  private Session session(UploadSession session) {
    var at = session.getSessionEndpoints();
    long partBytes = session.getPartSize();
    if (partBytes < MIN_PART_BYTES || partBytes > MAX_PART_BYTES) {
      throw new IllegalArgumentException("parts of %d bytes".formatted(partBytes));
    }
    return new Session(
        (int) partBytes,
        address(at.getUploadPart()),
        address(at.getListParts()),
        address(at.getCommit()));
  }

  /** A token goes there: only to where uploads are as safe as the configured ones. */
  private String address(String text) {
    var configured = URI.create(network.getBaseUrls().getUploadUrl());
    var address = URI.create(text);
    if (!configured.getScheme().equals(address.getScheme()) || address.getHost() == null) {
      throw new IllegalArgumentException("an address that is none");
    }
    return text;
  }

  /**
   * Sends a part.
   *
   * @param number of the part, from 0 on
   * @param offset in the file
   * @param size of the file
   */
  UploadPart part(
      Session session,
      int number,
      long offset,
      long size,
      BoxBytes bytes,
      Operation operation,
      Deadline deadline,
      IntConsumer sent) {
    String range = "bytes %d-%d/%d".formatted(offset, offset + bytes.length() - 1, size);
    var headers = new UploadFilePartByUrlHeaders(bytes.digestHeader(), range);
    try {
      return calls.part(
          operation,
          deadline,
          sent,
          _ -> uploads.uploadFilePartByUrl(session.part(), bytes, headers).getPart());
    } catch (BoxRefusal refusal) {
      if (refusal.status() != 409) {
        throw BoxErrors.translate(calls.request(operation), refusal);
      }
      // Parts cannot be sent again: the attempt before has done it, if it is the same.
      return sentBefore(session, number, offset, bytes, operation, deadline)
          .orElseThrow(() -> BoxErrors.translate(calls.request(operation), refusal));
    }
  }

  private Optional<UploadPart> sentBefore(
      Session session,
      int number,
      long offset,
      BoxBytes bytes,
      Operation operation,
      Deadline deadline) {
    var query =
        new GetFileUploadSessionPartsByUrlQueryParams.Builder()
            .offset((long) number)
            .limit(1L)
            .build();
    var parts =
        calls.make(
            operation,
            deadline,
            _ -> uploads.getFileUploadSessionPartsByUrl(session.parts(), query).getEntries());
    String sha1 = bytes.sha1Hex();
    return parts.stream()
        .filter(part -> part.getOffset() == offset && part.getSize() == bytes.length())
        .filter(part -> sha1.equalsIgnoreCase(part.getSha1()))
        .findFirst();
  }

  /**
   * Ends a session. The SDK has no way to say when the bytes were made; the API has.
   *
   * @throws BoxRefusal if the parts are still worked at, the file is not as it must be, or the
   *     session is not there
   */
  BoxFile commit(Session session, Ending ending, Deadline deadline, BoxUploads.Attempts attempts) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    var parts = body.putArray("parts");
    ending.parts().forEach(part -> parts.add(JsonManager.serialize(part)));
    body.putObject("attributes").put("content_modified_at", ending.mark().instant().toString());
    var headers = new HashMap<>(Map.of("digest", ending.digest()));
    ending.ifMatch().ifPresent(etag -> headers.put("if-match", etag));
    var options =
        new FetchOptions.Builder(session.commit(), "POST")
            .headers(headers)
            .data(body)
            .contentType("application/json")
            .networkSession(network)
            .build();
    return calls.make(
        Operation.COMMIT,
        deadline,
        number -> {
          attempts.note(number);
          JsonNode answer = network.getNetworkClient().fetch(options).getData();
          return BoxUploads.only(JsonManager.deserialize(answer, Files.class));
        });
  }

  void abandon(Session session, Deadline deadline) {
    calls.make(
        Operation.WRITE,
        deadline,
        _ -> {
          uploads.deleteFileUploadSessionByUrl(session.part());
          return true;
        });
  }
}
